-- What rules share. Amounts are yuan; `quantum` is one unit in the last printed place, in yuan.

CREATE MACRO decimals(printed) AS length(regexp_extract(replace(printed, '．', '.'), '[.]([0-9]+)', 1));

CREATE MACRO yuan_of(unit) AS CASE unit
  WHEN '元' THEN 1 WHEN '千元' THEN 1000 WHEN '万元' THEN 10000 WHEN '万' THEN 10000
  WHEN '百万元' THEN 1000000 WHEN '亿元' THEN 100000000 WHEN '亿' THEN 100000000 ELSE 1 END;

CREATE MACRO quantum_of(printed, unit) AS yuan_of(unit) * power(10, -decimals(printed));

-- Line items with the quantum of their own print, and the finest their filing prints in that unit:
-- a filing that writes 62 beside 1246.44 drops zeros, it does not round to whole 万元.
CREATE VIEW amounts AS
SELECT l.*, quantum_of(printed, unit) AS own_quantum,
  min(quantum_of(printed, unit)) OVER (PARTITION BY filing, unit) AS quantum
FROM line_items l;

-- The same for figures of money in the prose.
CREATE VIEW told AS
SELECT s.*, quantum_of(s.printed, s.unit) AS own_quantum,
  least(quantum_of(s.printed, s.unit), coalesce(f.quantum, 1e18)) AS quantum
FROM statements s
LEFT JOIN (SELECT filing, unit, min(quantum_of(printed, unit)) AS quantum FROM line_items GROUP BY ALL) f
  ON f.filing = s.filing AND f.unit = s.unit;

-- Two prints of one amount agree when they differ by half a unit of the coarser print (it was rounded) or by one
-- unit of the finer (the last place of a sum).
CREATE MACRO same_amount(a, quantum_a, b, quantum_b) AS
  abs(a - b) <= greatest(greatest(quantum_a, quantum_b) / 2, least(quantum_a, quantum_b)) + 0.000001;

-- Printed totals of a table, one row a total, with the direction they total.
CREATE VIEW totals AS SELECT * FROM amounts WHERE role = 'total';

-- What rules share. Amounts are yuan; a quantum is one unit in the last printed place, in yuan.

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

-- Grand totals: of a whole table, nothing said but side, fund and nature. One a table, side, fund, nature, year, phase.
CREATE VIEW totals AS
SELECT * FROM amounts
WHERE role = 'total' AND function = '' AND economic = '' AND item = '' AND project = '' AND row_unit = ''
QUALIFY row_number() OVER (PARTITION BY table_id, form, direction, fund, nature, year, phase ORDER BY position DESC) = 1;

-- The figures that a statement of change, rate, share or completion is said of: the level told of the same
-- coordinates, else printed in the table of its form.
CREATE VIEW said_of AS
SELECT c.*, coalesce(s.value, l.amount) AS level, coalesce(s.quantum, l.quantum) AS level_quantum,
  coalesce(s.source, l.source) AS level_source
FROM told c
LEFT JOIN LATERAL (
  SELECT s.value, s.quantum, s.source FROM told s
  WHERE s.filing = c.filing AND s.measure IN ('level', 'count') AND s.year = c.year AND s.phase = c.phase AND s.form = c.form
    AND s.direction = c.direction AND s.function = c.function AND s.economic = c.economic AND s.fund = c.fund
    AND s.nature = c.nature AND s.item = c.item AND s.project = c.project AND s.subject = c.subject
  ORDER BY s.position > c.position, abs(s.position - c.position), s.id LIMIT 1
) s ON true
LEFT JOIN LATERAL (
  SELECT l.amount, l.quantum, l.source FROM amounts l
  WHERE c.subject = '' AND l.filing = c.filing AND l.form = c.form AND l.year = c.year AND l.phase = c.phase
    AND (c.direction = '' OR l.direction = c.direction) AND l.function = c.function AND l.economic = c.economic
    AND l.nature = c.nature AND l.project = c.project AND l.fund IN (c.fund, '') AND l.row_unit = ''
    AND l.item IN (c.item, CASE c.item WHEN 'three-public' THEN '' ELSE c.item END)
  ORDER BY l.position LIMIT 1
) l ON true
WHERE c.measure IN ('change', 'rate', 'share', 'completion');

-- What a share is a share of: the total of the form it names, or the item or nature it names.
CREATE VIEW wholes AS
SELECT filing, year, phase, form AS whole, direction, max(amount) AS amount, min(quantum) AS quantum,
  arg_max(source, amount) AS source
FROM totals WHERE form <> 'three-public' GROUP BY ALL
UNION ALL
SELECT filing, year, phase, item, direction, max(amount), min(quantum), arg_max(source, amount)
FROM amounts WHERE form = 'three-public' AND item <> '' AND role IN ('subtotal', 'total') GROUP BY ALL
UNION ALL
SELECT filing, year, phase, 'three-public', direction, max(amount), min(quantum), arg_max(source, amount)
FROM amounts a WHERE form = 'three-public' AND item = '' AND role = 'total'
  AND NOT EXISTS (SELECT 1 FROM amounts b WHERE b.table_id = a.table_id AND (b.item IN ('meetings', 'training') OR b.item = 'three-public'))
GROUP BY ALL;

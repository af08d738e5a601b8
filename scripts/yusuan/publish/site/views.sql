-- What the pages of the site read, on top of the resources.

-- Leaves of a filing's own year and phase: the only figures that are summed.
CREATE TABLE own AS
SELECT l.* FROM line_items l JOIN filings f ON f.id = l.filing
WHERE l.role = 'item' AND l.year = f.year AND l.phase = CASE f.phase WHEN 'final' THEN 'executed' ELSE 'approved' END;

-- Which form tells most of a filing: the lower the rank, the wider its scope.
CREATE VIEW scopes AS
SELECT * FROM (VALUES
  ('expenditure', 'expenditure', 1), ('expenditure', 'balance', 2), ('expenditure', 'appropriation-balance', 3),
  ('expenditure', 'appropriation-expenditure', 4), ('expenditure', 'general-expenditure', 5),
  ('revenue', 'balance', 1), ('revenue', 'revenue', 2), ('revenue', 'appropriation-balance', 3)
) AS scopes(direction, form, rank);

CREATE TABLE widest AS
SELECT o.filing, o.direction, arg_min(o.form, s.rank) AS form
FROM own o JOIN scopes s USING (direction, form)
WHERE o.direction = 'revenue' OR o.function <> ''
GROUP BY o.filing, o.direction;

-- Expenditure of a filing by 类, and revenue by where it comes from.
CREATE TABLE classes AS
SELECT o.filing, left(o.function, 3) AS class, sum(o.amount) AS amount, any_value(o.form) AS form
FROM own o JOIN widest w USING (filing, direction, form)
WHERE o.direction = 'expenditure' AND o.function <> '' GROUP BY o.filing, left(o.function, 3);

CREATE TABLE incomes AS
SELECT o.filing, o.fund, o.item, sum(o.amount) AS amount, any_value(o.form) AS form
FROM own o JOIN widest w USING (filing, direction, form)
WHERE o.direction = 'revenue' GROUP BY o.filing, o.fund, o.item;

CREATE TABLE natures_of AS
SELECT o.filing, CASE WHEN o.nature IN ('personnel', 'running-costs') THEN 'basic' ELSE o.nature END AS nature, sum(o.amount) AS amount
FROM own o JOIN widest w USING (filing, direction, form)
WHERE o.direction = 'expenditure' AND o.function <> '' AND o.nature <> '' GROUP BY ALL;

CREATE TABLE three_public AS
SELECT o.filing, o.item, sum(o.amount) AS amount FROM own o
WHERE o.form = 'three-public' AND o.item <> '' GROUP BY o.filing, o.item;

-- Basic expenditure by 类 of the economic classification, from the wider of its two forms.
CREATE TABLE economics AS
WITH ranked AS (
  SELECT filing, arg_min(form, CASE form WHEN 'appropriation-basic' THEN 1 ELSE 2 END) AS form
  FROM own WHERE form IN ('appropriation-basic', 'general-basic') AND economic <> '' GROUP BY filing
)
SELECT o.filing, left(o.economic, 3) AS class, sum(o.amount) AS amount, any_value(o.form) AS form
FROM own o JOIN ranked USING (filing, form) WHERE o.economic <> '' GROUP BY o.filing, left(o.economic, 3);

CREATE TABLE overview AS
SELECT f.*, d.name, d.region, d.scope, d.level, d.parent,
  (SELECT sum(amount) FROM classes c WHERE c.filing = f.id) AS expenditure,
  (SELECT sum(amount) FROM incomes i WHERE i.filing = f.id) AS revenue,
  (SELECT sum(amount) FROM three_public t WHERE t.filing = f.id AND t.item NOT IN ('meetings', 'training')) AS three_public,
  (SELECT count(*) FROM line_items l WHERE l.filing = f.id) AS figures,
  (SELECT count(*) FROM tables t WHERE t.filing = f.id) AS tables,
  (SELECT count(*) FROM findings x WHERE x.filing = f.id AND x.status <> 'fixed') AS findings
FROM filings f JOIN departments d ON d.id = f.department;

-- The concepts that a page of a code looks its figures up by.
CREATE VIEW names AS
SELECT 'function' AS scheme, id, name, parent FROM functions
UNION ALL SELECT 'economic', id, name, parent FROM department_economics
UNION ALL SELECT 'government-economic', id, name, parent FROM government_economics
UNION ALL SELECT 'fund', id, name, parent FROM funds
UNION ALL SELECT 'nature', id, name, parent FROM natures
UNION ALL SELECT 'item', id, name, parent FROM items;

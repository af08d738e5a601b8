-- What kinds of change share. `was` and `now` hold the rows that are not the same, byte for byte, on both sides; `known`
-- holds what names things, whole. A row is on both sides where its key is in `was` and in `now`.

CREATE VIEW titles AS
SELECT f.id,
  concat(d.name, ' ', f.year, ' 年部门', CASE f.phase WHEN 'final' THEN '决算' ELSE '预算' END) AS zh,
  concat(d.name, ', ', f.year, CASE f.phase WHEN 'final' THEN ' final account' ELSE ' budget' END) AS en
FROM known.filings f LEFT JOIN known.departments d ON d.id = f.department;

CREATE MACRO form_name(form_id) AS coalesce((SELECT any_value(k.name) FROM known.forms k WHERE k.id = form_id), form_id);
CREATE MACRO department_name(department_id) AS
  coalesce((SELECT any_value(k.name) FROM known.departments k WHERE k.id = department_id), department_id);
CREATE MACRO project_name(project_id) AS
  coalesce((SELECT any_value(k.name) FROM known.projects k WHERE k.id = project_id), project_id);

-- Filings and tables that only one side has. What is in them is told with them.
CREATE VIEW filings_added AS SELECT * FROM now.filings n ANTI JOIN was.filings o ON o.id = n.id;
CREATE VIEW filings_removed AS SELECT * FROM was.filings o ANTI JOIN now.filings n ON n.id = o.id;
CREATE VIEW tables_added AS
SELECT * FROM now.tables n ANTI JOIN was.tables o ON o.id = n.id WHERE filing NOT IN (SELECT id FROM filings_added);
CREATE VIEW tables_removed AS
SELECT * FROM was.tables o ANTI JOIN now.tables n ON n.id = o.id WHERE filing NOT IN (SELECT id FROM filings_removed);

-- Amounts that stand on both sides and differ.
CREATE TABLE amounts_changed AS
SELECT n.id, n.table_id, o.amount AS old, n.amount AS new
FROM was.line_items o JOIN now.line_items n ON n.id = o.id WHERE o.amount IS DISTINCT FROM n.amount;

CREATE MACRO power_of_ten(n) AS CASE n WHEN 1 THEN 10 WHEN 2 THEN 100 WHEN 3 THEN 1000 WHEN 4 THEN 10000 WHEN 5 THEN 100000
  WHEN 6 THEN 1000000 WHEN 7 THEN 10000000 WHEN 8 THEN 100000000 END;

-- Tables whose changed amounts, three at least, are all the same power of ten greater or less: their unit of money is read otherwise.
CREATE TABLE tables_reread AS
SELECT table_id, any_value(power) AS power, count(*) AS amounts
FROM (SELECT *, round(log10(min(new / old) OVER (PARTITION BY table_id)))::INTEGER AS power
      FROM amounts_changed WHERE old > 0 AND new > 0)
GROUP BY table_id
HAVING count(*) >= 3 AND any_value(power) <> 0
  AND bool_and(CASE WHEN power > 0 THEN new = old * power_of_ten(power) ELSE old = new * power_of_ten(-power) END);

-- Amounts of a table that stays, on one side only; and those of them that merely stand under another key now.
CREATE TABLE amounts_added AS
SELECT * FROM now.line_items n ANTI JOIN was.line_items o ON o.id = n.id
WHERE filing NOT IN (SELECT id FROM filings_added) AND table_id NOT IN (SELECT id FROM tables_added);
CREATE TABLE amounts_removed AS
SELECT * FROM was.line_items o ANTI JOIN now.line_items n ON n.id = o.id
WHERE filing NOT IN (SELECT id FROM filings_removed) AND table_id NOT IN (SELECT id FROM tables_removed);
CREATE TABLE amounts_moved AS
SELECT o.id AS old_id, n.id AS new_id
FROM (SELECT id, table_id, label, heading, amount FROM amounts_removed
      QUALIFY count(*) OVER (PARTITION BY table_id, label, heading, amount) = 1) o
JOIN (SELECT id, table_id, label, heading, amount FROM amounts_added
      QUALIFY count(*) OVER (PARTITION BY table_id, label, heading, amount) = 1) n
USING (table_id, label, heading, amount);

CREATE MACRO where_printed(code, label, heading) AS concat_ws(' · ', nullif(concat_ws(' ', nullif(code, ''), nullif(label, '')), ''), nullif(heading, ''));

-- The three lists of codes as one.
CREATE VIEW codes_was AS
SELECT 'functions' AS list, id, code, name, parent, first_year, last_year, line FROM was.functions
UNION ALL SELECT 'department_economics', id, code, name, parent, first_year, last_year, line FROM was.department_economics
UNION ALL SELECT 'government_economics', id, code, name, parent, first_year, last_year, line FROM was.government_economics;
CREATE VIEW codes_now AS
SELECT 'functions' AS list, id, code, name, parent, first_year, last_year, line FROM now.functions
UNION ALL SELECT 'department_economics', id, code, name, parent, first_year, last_year, line FROM now.department_economics
UNION ALL SELECT 'government_economics', id, code, name, parent, first_year, last_year, line FROM now.government_economics;
CREATE MACRO list_name(list) AS CASE list WHEN 'functions' THEN '支出功能分类'
  WHEN 'department_economics' THEN '部门预算支出经济分类' ELSE '政府预算支出经济分类' END;

-- A target as it is said: the operator before the value, a range, a day, or the words printed.
CREATE MACRO sign_of(operator) AS CASE operator
  WHEN 'gteq' THEN '≥' WHEN 'gt' THEN '>' WHEN 'lteq' THEN '≤' WHEN 'lt' THEN '<' WHEN 'eq' THEN '=' ELSE '' END;

-- Indicators on both sides, each as the span of values that meets it: from `low` to `high`, whose ends count unless
-- open. A bare figure (no operator printed) spans nothing that is known: it is raised or lowered, no more.
CREATE TABLE targets AS
SELECT n.id, n.filing, n.project, n.level3, n.line, n.source, o.target AS old, n.target AS new, 'target' AS field,
  CASE
    WHEN o.unit <> n.unit OR (o.kind <> n.kind) THEN 'changed'
    WHEN o.operator IN ('gteq', 'gt') AND n.operator IN ('gteq', 'gt') THEN
      CASE WHEN n.value > o.value OR (n.value = o.value AND n.operator = 'gt' AND o.operator = 'gteq') THEN 'tightened'
        WHEN n.value < o.value OR (n.value = o.value AND n.operator <> o.operator) THEN 'loosened' ELSE 'changed' END
    WHEN o.operator IN ('lteq', 'lt') AND n.operator IN ('lteq', 'lt') THEN
      CASE WHEN n.value < o.value OR (n.value = o.value AND n.operator = 'lt' AND o.operator = 'lteq') THEN 'tightened'
        WHEN n.value > o.value OR (n.value = o.value AND n.operator <> o.operator) THEN 'loosened' ELSE 'changed' END
    WHEN o.operator = 'eq' AND ((n.operator = 'gteq' AND n.value <= o.value) OR (n.operator = 'gt' AND n.value < o.value)
      OR (n.operator = 'lteq' AND n.value >= o.value) OR (n.operator = 'lt' AND n.value > o.value)) THEN 'loosened'
    WHEN n.operator = 'eq' AND ((o.operator = 'gteq' AND o.value <= n.value) OR (o.operator = 'gt' AND o.value < n.value)
      OR (o.operator = 'lteq' AND o.value >= n.value) OR (o.operator = 'lt' AND o.value > n.value)) THEN 'tightened'
    WHEN o.value_upper IS NOT NULL AND n.value_upper IS NOT NULL AND (o.value, o.value_upper) <> (n.value, n.value_upper) THEN
      CASE WHEN n.value >= o.value AND n.value_upper <= o.value_upper THEN 'tightened'
        WHEN n.value <= o.value AND n.value_upper >= o.value_upper THEN 'loosened' ELSE 'changed' END
    WHEN n.kind = 'deadline' AND o.ends IS NOT NULL AND n.ends IS NOT NULL AND o.ends <> n.ends THEN
      CASE WHEN n.ends < o.ends THEN 'tightened' ELSE 'loosened' END
    WHEN o.operator = '' AND n.operator = '' AND o.value_upper IS NULL AND n.value_upper IS NULL AND n.value > o.value THEN 'raised'
    WHEN o.operator = '' AND n.operator = '' AND o.value_upper IS NULL AND n.value_upper IS NULL AND n.value < o.value THEN 'lowered'
    ELSE 'changed' END AS direction
FROM was.indicators o JOIN now.indicators n ON n.id = o.id
WHERE (o.target, o.operator, o.unit, o.kind) <> (n.target, n.operator, n.unit, n.kind)
  OR (o.value, o.value_upper, o.starts, o.ends) IS DISTINCT FROM (n.value, n.value_upper, n.starts, n.ends);

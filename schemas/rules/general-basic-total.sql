-- kind: 2
-- severity: must
-- promise-zh: 一般公共预算基本支出表的合计等于一般公共预算支出表的基本支出。
-- promise-en: The table of basic expenditure totals the basic expenditure of the general budget table.
-- zh: 《{title}》合计 {found:money}，《{other}》的基本支出为 {expected:money}，相差 {difference:money}
-- en: Table {title} totals {found:money}, but table {other} shows basic expenditure of {expected:money}, off by {difference:money}
WITH printed AS (
  SELECT filing, year, phase, table_id, id, source, amount, quantum, title, unit
  FROM totals WHERE form = 'general-basic' AND nature = 'basic'
), parts AS (
  -- A table without a grand total: its personnel and running costs make it.
  SELECT filing, year, phase, table_id, arg_min(id, (position, id)) AS id, arg_min(source, (position, id)) AS source,
    sum(amount) AS amount, max(quantum) AS quantum, min(title) AS title, min(unit) AS unit
  FROM amounts
  WHERE form = 'general-basic' AND nature IN ('personnel', 'running-costs') AND economic = '' AND function = '' AND label <> ''
    AND NOT EXISTS (SELECT 1 FROM printed p WHERE p.table_id = amounts.table_id)
  GROUP BY filing, year, phase, table_id
  HAVING count(DISTINCT nature) = 2 AND count(*) = 2
)
SELECT b.filing, 'line_items' AS resource, b.id AS row_key, b.source, g.source AS other_source,
  g.amount AS expected, b.amount AS found, b.amount - g.amount AS difference, b.title, g.title AS other, b.unit
FROM (SELECT * FROM printed UNION ALL SELECT * FROM parts) b
JOIN totals g ON g.filing = b.filing AND g.form = 'general-expenditure' AND g.nature = 'basic' AND g.year = b.year AND g.phase = b.phase
WHERE abs(b.amount - g.amount) > 2 * greatest(b.quantum, g.quantum) + 0.000001 AND NOT unit_slip(b.amount, g.amount)

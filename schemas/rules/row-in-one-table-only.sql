-- kind: 2
-- severity: must
-- promise-zh: 合计相等的两张表列有相同的科目。
-- promise-en: Two tables of equal totals have the same rows.
-- zh: 两表合计相等，{function} {label}（{found:money}）在《{title}》有，在《{other}》却没有
-- en: The totals of tables {title} and {other} agree, yet {function} {label} ({found:money}) stands in the first only
WITH alike AS (
  SELECT a.table_id AS mine, b.table_id AS theirs, a.year, a.phase, b.title AS other, b.source AS other_source
  FROM totals a
  JOIN totals b ON b.filing = a.filing AND b.year = a.year AND b.phase = a.phase AND b.nature = '' AND b.direction = 'expenditure'
    AND b.table_id <> a.table_id
  WHERE a.nature = '' AND a.direction = 'expenditure' AND same_amount(a.amount, a.quantum, b.amount, b.quantum)
    AND a.form IN ('general-expenditure', 'expenditure', 'appropriation-expenditure')
    AND b.form IN ('general-expenditure', 'expenditure', 'appropriation-expenditure')
), depth AS (SELECT table_id, max(length(function)) AS deepest, min(length(function)) AS highest FROM amounts WHERE function <> '' GROUP BY ALL)
SELECT a.filing, 'line_items' AS resource, arg_min(a.id, (a.position, a.id)) AS row_key, arg_min(a.source, (a.position, a.id)) AS source,
  min(alike.other_source) AS other_source, '' AS expected, max(a.amount) AS found, max(a.amount) AS difference,
  a.function, min(a.label) AS label, min(a.unit) AS unit, min(a.title) AS title, min(alike.other) AS other
FROM alike
JOIN amounts a ON a.table_id = alike.mine AND a.year = alike.year AND a.phase = alike.phase AND a.function <> '' AND a.amount <> 0
JOIN depth d ON d.table_id = alike.theirs AND length(a.function) = d.deepest
WHERE NOT EXISTS (
  SELECT 1 FROM amounts b WHERE b.table_id = alike.theirs AND b.year = alike.year AND b.phase = alike.phase AND b.function = a.function)
GROUP BY a.filing, a.function, alike.mine, alike.theirs

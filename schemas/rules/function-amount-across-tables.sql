-- kind: 2
-- severity: must
-- promise-zh: 功能科目的金额等于同一口径其他表中该科目各项之和。
-- promise-en: The amount of a function is the sum of its items in another table of the same scope.
-- zh: {label}在《{title}》为 {found:money}，在《{other}》各项相加为 {expected:money}，相差 {difference:money}
-- en: {label} is {found:money} in table {title}, but its items in table {other} add up to {expected:money}, off by {difference:money}
WITH scoped AS (
  SELECT a.*, CASE WHEN form IN ('expenditure', 'balance') THEN 'all' ELSE 'general' END AS scope,
    form IN ('balance', 'appropriation-balance') AS coarse
  FROM amounts a
  WHERE function <> '' AND direction = 'expenditure' AND project = '' AND economic = '' AND row_unit = ''
    AND role IN ('item', 'subtotal')
    AND (form IN ('expenditure', 'balance')
      OR (form IN ('general-expenditure', 'appropriation-balance', 'appropriation-expenditure') AND fund = 'general'))
), codes AS (
  SELECT DISTINCT filing, scope, year, phase, table_id, unnest([function[:3], function[:5], function]) AS prefix, id
  FROM scoped WHERE role = 'item'
)
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, min(b.source) AS other_source,
  sum(b.amount) AS expected, a.amount AS found, a.amount - sum(b.amount) AS difference, a.function, a.label,
  a.title, min(b.title) AS other, a.unit
FROM scoped a
JOIN codes c ON c.filing = a.filing AND c.scope = a.scope AND c.year = a.year AND c.phase = a.phase AND c.prefix = a.function
JOIN scoped b ON b.id = c.id
  AND ((a.coarse AND NOT b.coarse) OR (a.form = 'general-expenditure' AND b.form = 'appropriation-expenditure'))
WHERE a.nature = ''
GROUP BY a.filing, a.id, a.source, a.amount, a.quantum, a.function, a.label, a.title, a.unit, b.table_id
HAVING abs(a.amount - sum(b.amount)) > (count(*) + 1) * greatest(a.quantum, max(b.quantum)) + 0.000001
  AND NOT unit_slip(a.amount, sum(b.amount))

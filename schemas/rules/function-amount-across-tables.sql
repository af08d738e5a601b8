-- kind: 2
-- severity: must
-- zh: {function} {label} 在《{title}》为 {found} 元，《{other}》各项相加为 {expected} 元
-- en: {function} {label} is {found} yuan in table {title}; the items of table {other} add up to {expected}
WITH scoped AS (
  SELECT a.*, CASE WHEN form IN ('expenditure', 'balance') THEN 'all' ELSE 'general' END AS scope,
    form IN ('balance', 'appropriation-balance') AS coarse
  FROM amounts a
  WHERE function <> '' AND direction = 'expenditure' AND project = '' AND economic = '' AND row_unit = ''
    AND role IN ('item', 'subtotal')
    AND (form IN ('expenditure', 'balance')
      OR (form IN ('general-expenditure', 'appropriation-balance', 'appropriation-expenditure') AND fund = 'general'))
)
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, min(b.source) AS other_source,
  sum(b.amount) AS expected, a.amount AS found, a.amount - sum(b.amount) AS difference, a.function, a.label,
  any_value(ta.title) AS title, any_value(tb.title) AS other
FROM scoped a
JOIN scoped b ON b.filing = a.filing AND b.scope = a.scope AND b.year = a.year AND b.phase = a.phase
  AND b.role = 'item' AND starts_with(b.function, a.function)
  AND ((a.coarse AND NOT b.coarse) OR (a.form = 'general-expenditure' AND b.form = 'appropriation-expenditure'))
JOIN tables ta ON ta.id = a.table_id
JOIN tables tb ON tb.id = b.table_id
WHERE a.nature = ''
GROUP BY a.filing, a.id, a.source, a.amount, a.quantum, a.function, a.label, b.table_id
HAVING abs(a.amount - sum(b.amount)) > (count(*) + 1) * greatest(a.quantum, max(b.quantum)) + 0.000001

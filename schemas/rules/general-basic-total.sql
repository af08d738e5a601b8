-- kind: 2
-- severity: must
-- zh: 一般公共预算基本支出表合计 {found} 元，一般公共预算支出表基本支出为 {expected} 元
-- en: The table of basic expenditure totals {found} yuan, the general public budget shows basic expenditure of {expected}
SELECT b.filing, 'line_items' AS resource, b.id AS row_key, b.source, g.source AS other_source,
  g.amount AS expected, b.amount AS found, b.amount - g.amount AS difference
FROM totals b
JOIN totals g ON g.filing = b.filing AND g.form = 'general-expenditure' AND g.nature = 'basic' AND g.year = b.year AND g.phase = b.phase
WHERE b.form = 'general-basic' AND b.nature = 'basic'
  AND NOT same_amount(b.amount, b.quantum, g.amount, g.quantum)

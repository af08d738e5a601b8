-- kind: 2
-- severity: must
-- zh: 一般公共预算支出表合计 {found} 元，财政拨款收支总表的一般公共预算支出为 {expected} 元
-- en: The general public budget totals {found} yuan, the appropriation balance shows {expected} for it
SELECT g.filing, 'line_items' AS resource, g.id AS row_key, g.source, a.source AS other_source,
  a.amount AS expected, g.amount AS found, g.amount - a.amount AS difference
FROM totals g
JOIN totals a ON a.filing = g.filing AND a.form = 'appropriation-balance' AND a.direction = 'expenditure' AND a.fund = 'general'
  AND a.year = g.year AND a.phase = g.phase
WHERE g.form = 'general-expenditure' AND g.nature = ''
  AND NOT same_amount(g.amount, g.quantum, a.amount, a.quantum)
  AND NOT EXISTS (
    SELECT 1 FROM amounts b
    WHERE b.table_id = a.table_id AND b.fund = 'general' AND b.item = 'closing-balance' AND b.amount <> 0
  )

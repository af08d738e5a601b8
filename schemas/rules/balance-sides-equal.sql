-- kind: 2
-- severity: must
-- zh: 《{title}》收入总计 {expected} 元，支出总计 {found} 元，不相等
-- en: In table {title}, total revenue is {expected} yuan and total expenditure {found}
SELECT e.filing, 'line_items' AS resource, e.id AS row_key, e.source, r.source AS other_source,
  r.amount AS expected, e.amount AS found, e.amount - r.amount AS difference, t.title
FROM totals r
JOIN totals e ON e.table_id = r.table_id AND e.direction = 'expenditure' AND e.year = r.year AND e.phase = r.phase
JOIN tables t ON t.id = r.table_id
WHERE r.direction = 'revenue' AND r.form IN ('balance', 'appropriation-balance')
  AND e.fund = r.fund AND e.nature = '' AND r.nature = ''
  AND NOT same_amount(r.amount, r.quantum, e.amount, e.quantum)

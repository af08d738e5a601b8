-- kind: 2
-- severity: must
-- promise-zh: 收支总表的收入总计等于支出总计。
-- promise-en: In a balance, total revenue equals total expenditure.
-- zh: 《{title}》收入总计 {expected:money}，支出总计 {found:money}，两边不平，相差 {difference:money}
-- en: In table {title}, total revenue is {expected:money} and total expenditure {found:money}, off by {difference:money}
SELECT e.filing, 'line_items' AS resource, e.id AS row_key, e.source, r.source AS other_source,
  r.amount AS expected, e.amount AS found, e.amount - r.amount AS difference, r.title, e.unit
FROM totals r
JOIN totals e ON e.table_id = r.table_id AND e.direction = 'expenditure' AND e.year = r.year AND e.phase = r.phase
WHERE r.direction = 'revenue' AND r.form IN ('balance', 'appropriation-balance')
  AND e.fund = r.fund AND e.nature = '' AND r.nature = ''
  AND NOT same_amount(r.amount, r.quantum, e.amount, e.quantum)

-- kind: 2
-- severity: must
-- zh: 支出总表合计 {found} 元，收支总表支出为 {expected} 元
-- en: The expenditure table totals {found} yuan, the balance table shows expenditure of {expected}
SELECT r.filing, 'line_items' AS resource, r.id AS row_key, r.source, any_value(b.source) AS other_source,
  arg_min(b.amount, abs(b.amount - r.amount)) AS expected, r.amount AS found,
  r.amount - arg_min(b.amount, abs(b.amount - r.amount)) AS difference
FROM totals r
JOIN amounts b ON b.filing = r.filing AND b.form = 'balance' AND b.direction = 'expenditure' AND b.year = r.year AND b.phase = r.phase
  AND b.role IN ('total', 'subtotal') AND b.function = '' AND b.nature = ''
WHERE r.form = 'expenditure' AND r.nature = ''
GROUP BY r.filing, r.id, r.source, r.amount, r.quantum
HAVING NOT bool_or(same_amount(r.amount, r.quantum, b.amount, b.quantum))

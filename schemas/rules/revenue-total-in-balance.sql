-- kind: 2
-- severity: must
-- promise-zh: 收入表的合计等于收支总表的收入。
-- promise-en: The revenue table totals the revenue of the balance.
-- zh: 《{title}》合计 {found:money}，《{other}》的收入为 {expected:money}，相差 {difference:money}
-- en: Table {title} totals {found:money}, but table {other} shows revenue of {expected:money}, off by {difference:money}
SELECT r.filing, 'line_items' AS resource, r.id AS row_key, r.source, arg_min(b.source, (abs(b.amount - r.amount), b.id)) AS other_source,
  arg_min(b.amount, (abs(b.amount - r.amount), b.id)) AS expected, r.amount AS found,
  r.amount - arg_min(b.amount, (abs(b.amount - r.amount), b.id)) AS difference, r.title, arg_min(b.title, (abs(b.amount - r.amount), b.id)) AS other, r.unit
FROM totals r
JOIN amounts b ON b.filing = r.filing AND b.form = 'balance' AND b.direction = 'revenue' AND b.year = r.year AND b.phase = r.phase
  AND b.role IN ('total', 'subtotal') AND b.fund = '' AND b.function = ''
WHERE r.form = 'revenue' AND r.fund = ''
GROUP BY r.filing, r.id, r.source, r.amount, r.quantum, r.title, r.unit
HAVING NOT bool_or(same_amount(r.amount, r.quantum, b.amount, b.quantum)) AND NOT bool_or(unit_slip(r.amount, b.amount))

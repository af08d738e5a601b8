-- kind: 2
-- severity: must
-- promise-zh: 一般公共预算支出表的合计等于财政拨款收支总表中的一般公共预算支出。
-- promise-en: The general budget table totals what the appropriation balance shows of that budget.
-- zh: 《{title}》合计 {found:money}，《{other}》的一般公共预算支出为 {expected:money}，相差 {difference:money}
-- en: Table {title} totals {found:money}, but table {other} shows {expected:money} of general public budget expenditure, off by {difference:money}
SELECT g.filing, 'line_items' AS resource, g.id AS row_key, g.source, arg_min(a.source, (abs(a.amount - g.amount), a.id)) AS other_source,
  arg_min(a.amount, (abs(a.amount - g.amount), a.id)) AS expected, g.amount AS found,
  g.amount - arg_min(a.amount, (abs(a.amount - g.amount), a.id)) AS difference, g.title, arg_min(a.title, (abs(a.amount - g.amount), a.id)) AS other, g.unit
FROM totals g
JOIN amounts a ON a.filing = g.filing AND a.form = 'appropriation-balance' AND a.direction = 'expenditure' AND a.fund = 'general'
  AND a.year = g.year AND a.phase = g.phase AND a.role IN ('total', 'subtotal') AND a.function = '' AND a.nature = ''
WHERE g.form = 'general-expenditure' AND g.nature = ''
  AND NOT EXISTS (
    SELECT 1 FROM amounts b
    WHERE b.table_id = a.table_id AND b.fund = 'general' AND b.item = 'closing-balance' AND b.amount <> 0
  )
GROUP BY g.filing, g.id, g.source, g.amount, g.quantum, g.title, g.unit
HAVING NOT bool_or(same_amount(g.amount, g.quantum, a.amount, a.quantum)) AND NOT bool_or(unit_slip(g.amount, a.amount))

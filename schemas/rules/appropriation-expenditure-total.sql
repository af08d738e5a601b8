-- kind: 2
-- severity: must
-- promise-zh: 财政拨款支出表的合计等于其他表中的财政拨款支出。
-- promise-en: The table of expenditure from appropriations totals what other tables show as such.
-- zh: 《{title}》合计 {found:money}，《{other}》的财政拨款支出为 {expected:money}，相差 {difference:money}
-- en: Table {title} totals {found:money}, but table {other} shows {expected:money} of expenditure from appropriations, off by {difference:money}
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, arg_min(b.source, (abs(b.amount - a.amount), b.id)) AS other_source,
  arg_min(b.amount, (abs(b.amount - a.amount), b.id)) AS expected, a.amount AS found,
  a.amount - arg_min(b.amount, (abs(b.amount - a.amount), b.id)) AS difference, a.title, arg_min(b.title, (abs(b.amount - a.amount), b.id)) AS other, a.unit
FROM totals a
JOIN amounts b ON b.filing = a.filing AND b.year = a.year AND b.phase = a.phase AND b.form = 'appropriation-balance'
  AND b.direction = 'expenditure' AND b.role IN ('total', 'subtotal') AND b.function = '' AND b.nature = ''
WHERE a.form = 'appropriation-expenditure' AND a.nature = '' AND a.fund IN ('', 'appropriation')
  AND NOT EXISTS (SELECT 1 FROM amounts c WHERE c.table_id = b.table_id AND c.item = 'closing-balance' AND c.amount <> 0)
GROUP BY a.filing, a.id, a.source, a.amount, a.quantum, a.title, a.unit
HAVING NOT bool_or(same_amount(a.amount, a.quantum, b.amount, b.quantum)) AND NOT bool_or(unit_slip(a.amount, b.amount))

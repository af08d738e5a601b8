-- kind: 2
-- severity: must
-- promise-zh: 财政拨款收入在各表中相同。
-- promise-en: Revenue from appropriations is the same in every table.
-- zh: 财政拨款收入在《{title}》为 {found:money}，在《{other}》为 {expected:money}，相差 {difference:money}
-- en: Revenue from appropriations is {found:money} in table {title} but {expected:money} in table {other}, off by {difference:money}
SELECT a.filing, 'line_items' AS resource, arg_min(a.id, (abs(a.amount - b.amount), a.id)) AS row_key, arg_min(a.source, (abs(a.amount - b.amount), a.id)) AS source, b.source AS other_source,
  b.amount AS expected, arg_min(a.amount, (abs(a.amount - b.amount), a.id)) AS found,
  arg_min(a.amount, (abs(a.amount - b.amount), a.id)) - b.amount AS difference, arg_min(a.title, (abs(a.amount - b.amount), a.id)) AS title, b.title AS other,
  arg_min(a.unit, (abs(a.amount - b.amount), a.id)) AS unit
FROM amounts a
JOIN amounts b ON b.filing = a.filing AND b.year = a.year AND b.phase = a.phase AND b.form = 'balance'
  AND b.direction = 'revenue' AND b.fund = 'appropriation' AND b.function = ''
WHERE a.form = 'appropriation-balance' AND a.direction = 'revenue' AND a.fund = 'appropriation' AND a.function = '' AND a.item = ''
GROUP BY a.filing, b.source, b.amount, b.quantum, b.title
HAVING NOT bool_or(same_amount(a.amount, a.quantum, b.amount, b.quantum)) AND NOT bool_or(unit_slip(a.amount, b.amount))

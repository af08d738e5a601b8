-- kind: 2
-- severity: must
-- promise-zh: 一般公共预算的基本支出在每个经济科目下不大于财政拨款的基本支出，合计相等时相等。
-- promise-en: Under each economic code, basic expenditure of the general budget is no more than that of all appropriations, and equal to it where their totals are equal.
-- zh: {economic} {label}在《{title}》为 {found:money}，在《{other}》为 {expected:money}，相差 {difference:money}
-- en: {economic} {label} is {found:money} in table {title} but {expected:money} in table {other}, off by {difference:money}
-- Basic expenditure from the general public budget is part of that from all appropriations, and equal to it where the totals are.
SELECT g.filing, 'line_items' AS resource, g.id AS row_key, g.source, a.source AS other_source,
  a.amount AS expected, g.amount AS found, g.amount - a.amount AS difference, g.economic, g.label, g.unit, g.title, a.title AS other
FROM totals gt
JOIN totals att ON att.filing = gt.filing AND att.form = 'appropriation-basic' AND att.nature = gt.nature AND att.year = gt.year
  AND att.phase = gt.phase
JOIN amounts g ON g.table_id = gt.table_id AND g.economic <> '' AND g.function = ''
JOIN amounts a ON a.table_id = att.table_id AND a.economic = g.economic AND a.nature = g.nature AND a.year = g.year AND a.phase = g.phase
WHERE gt.form = 'general-basic' AND gt.nature = 'basic'
  AND (g.amount > a.amount + 2 * greatest(g.quantum, a.quantum) + 0.000001
    OR (same_amount(gt.amount, gt.quantum, att.amount, att.quantum) AND NOT same_amount(g.amount, g.quantum, a.amount, a.quantum)))

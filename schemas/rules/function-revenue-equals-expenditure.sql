-- kind: 2
-- severity: should
-- promise-zh: 收支相等而无结转时，每个功能科目的收入等于支出。
-- promise-en: Where all revenue is spent, each function has the same revenue and expenditure.
-- zh: {function} {label}在《{title}》的收入为 {found:money}，在《{other}》的支出为 {expected:money}，全部收入与全部支出却相等
-- en: {function} {label} has revenue of {found:money} in table {title} and expenditure of {expected:money} in table {other}, though the totals of both agree
-- A budget that carries nothing over gives each function what it spends.
SELECT r.filing, 'line_items' AS resource, r.id AS row_key, r.source, e.source AS other_source,
  e.amount AS expected, r.amount AS found, r.amount - e.amount AS difference, r.function, r.label, r.unit, r.title, e.title AS other
FROM totals rt
JOIN totals et ON et.filing = rt.filing AND et.form = 'expenditure' AND et.nature = '' AND et.year = rt.year AND et.phase = rt.phase
JOIN amounts r ON r.table_id = rt.table_id AND r.function <> '' AND r.fund = '' AND r.year = rt.year AND r.phase = rt.phase
JOIN amounts e ON e.table_id = et.table_id AND e.function = r.function AND e.nature = '' AND e.year = et.year AND e.phase = et.phase
WHERE rt.form = 'revenue' AND rt.fund = '' AND rt.phase = 'approved' AND same_amount(rt.amount, rt.quantum, et.amount, et.quantum)
  AND abs(r.amount - e.amount) > 2 * greatest(r.quantum, e.quantum) + 0.000001

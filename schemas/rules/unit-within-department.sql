-- kind: 10
-- severity: must
-- promise-zh: 部门的金额不小于其所属单位的金额。
-- promise-en: A department has no less than any of its units.
-- zh: {function} {label}在所属单位的《{other}》为 {expected:money}，部门的《{title}》只有 {found:money}
-- en: {function} {label} is {expected:money} in table {other} of a unit, but only {found:money} in table {title} of its whole department
-- A department holds its units: it may have more, never less.
SELECT d.filing, 'line_items' AS resource, d.id AS row_key, d.source, u.source AS other_source, u.amount AS expected, d.amount AS found,
  d.amount - u.amount AS difference, d.function, d.label, d.title, u.title AS other, d.unit
FROM amounts d
JOIN filings fd ON fd.id = d.filing
JOIN departments du ON du.parent = fd.department AND du.scope = '单位'
JOIN filings fu ON fu.department = du.id AND fu.year = fd.year AND fu.phase = fd.phase
JOIN amounts u ON u.filing = fu.id AND u.form = d.form AND u.direction = d.direction AND u.function = d.function AND u.economic = d.economic
  AND u.fund = d.fund AND u.nature = d.nature AND u.item = d.item AND u.project = d.project AND u.year = d.year AND u.phase = d.phase
WHERE d.own AND d.row_unit = '' AND d.role IN ('item', 'subtotal', 'total') AND d.form IN ('balance', 'revenue', 'expenditure',
    'appropriation-balance', 'general-expenditure', 'general-basic', 'three-public', 'appropriation-expenditure')
  AND u.amount > d.amount + greatest(d.quantum, u.quantum) + 0.000001

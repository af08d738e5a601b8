-- kind: 2
-- severity: should
-- promise-zh: 机关运行经费的每个经济科目不大于同一科目的公用经费。
-- promise-en: Under each economic code, the cost of operating the agency is no more than running costs.
-- zh: {economic} {label}列机关运行经费 {found:money}，大于《{other}》同一科目的公用经费 {expected:money}
-- en: {economic} {label} has {found:money} of agency operating cost, more than the {expected:money} of running costs in table {other}
-- From 2018 the cost of operating an agency is the running-cost part of basic expenditure from the general public budget.
SELECT o.filing, 'line_items' AS resource, o.id AS row_key, o.source, b.source AS other_source,
  b.amount AS expected, o.amount AS found, o.amount - b.amount AS difference, o.economic, o.label, o.unit, b.title AS other
FROM amounts o
JOIN amounts b ON b.filing = o.filing AND b.form = 'general-basic' AND b.economic = o.economic AND b.nature = 'basic'
  AND b.year = o.year AND b.phase = o.phase
WHERE o.form = 'agency-operating' AND o.economic <> '' AND o.year >= 2018
  AND o.amount > b.amount + 2 * greatest(o.quantum, b.quantum) + 0.000001

-- kind: 2
-- severity: must
-- promise-zh: 一般公共预算的支出不大于全部资金的支出。
-- promise-en: General budget expenditure is no more than that from all funds.
-- zh: {function} {label}的一般公共预算{nature_name} {found:money}，大于全部资金的 {expected:money}
-- en: General public budget expenditure on {function} {label} is {found:money}, more than the {expected:money} from all funds
-- What one fund pays for cannot exceed what all funds pay for.
SELECT g.filing, 'line_items' AS resource, g.id AS row_key, g.source, e.source AS other_source,
  e.amount AS expected, g.amount AS found, g.amount - e.amount AS difference, g.function, g.label, g.unit,
  coalesce(n.name, '支出') AS nature_name
FROM amounts g
JOIN amounts e ON e.filing = g.filing AND e.form = 'expenditure' AND e.year = g.year AND e.phase = g.phase
  AND e.function = g.function AND e.nature = g.nature AND e.fund = '' AND e.project = '' AND e.row_unit = '' AND e.economic = ''
LEFT JOIN natures n ON n.id = g.nature
WHERE g.form = 'general-expenditure' AND g.fund = 'general' AND g.project = '' AND g.row_unit = '' AND g.economic = ''
  AND g.amount > e.amount + 2 * greatest(g.quantum, e.quantum) + 0.000001 AND NOT unit_slip(g.amount, e.amount)

-- kind: 2
-- severity: must
-- promise-zh: 项目支出表的合计等于支出表的项目支出。
-- promise-en: The project table totals the project expenditure of the expenditure table.
-- zh: 《{title}》合计 {found:money}，《{other}》的项目支出为 {expected:money}，相差 {difference:money}
-- en: Table {title} totals {found:money}, but table {other} shows project expenditure of {expected:money}, off by {difference:money}
SELECT p.filing, 'line_items' AS resource, p.id AS row_key, p.source, arg_min(e.source, (abs(e.amount - p.amount), e.id)) AS other_source,
  arg_min(e.amount, (abs(e.amount - p.amount), e.id)) AS expected, p.amount AS found,
  p.amount - arg_min(e.amount, (abs(e.amount - p.amount), e.id)) AS difference, p.title, arg_min(e.title, (abs(e.amount - p.amount), e.id)) AS other, p.unit
FROM totals p
JOIN totals e ON e.filing = p.filing AND e.form IN ('expenditure', 'general-expenditure') AND e.nature = 'project'
  AND e.year = p.year AND e.phase = p.phase
WHERE p.form IN ('projects', 'general-projects') AND p.economic = '' AND p.fund IN ('', 'general')
  -- A table that shows what was carried over beside its fund splits that fund's money.
  AND NOT EXISTS (SELECT 1 FROM amounts o WHERE o.table_id = p.table_id AND o.fund = p.fund AND o.item = 'opening-balance' AND o.amount <> 0)
GROUP BY p.filing, p.id, p.source, p.amount, p.quantum, p.title, p.unit
HAVING NOT bool_or(same_amount(p.amount, p.quantum, e.amount, e.quantum)) AND NOT bool_or(unit_slip(p.amount, e.amount))

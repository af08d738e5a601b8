-- kind: 2
-- severity: must
-- zh: 项目支出表合计 {found} 元，支出表的项目支出为 {expected} 元
-- en: The project table totals {found} yuan, the expenditure tables show project expenditure of {expected}
SELECT p.filing, 'line_items' AS resource, p.id AS row_key, p.source, any_value(e.source) AS other_source,
  arg_min(e.amount, abs(e.amount - p.amount)) AS expected, p.amount AS found,
  p.amount - arg_min(e.amount, abs(e.amount - p.amount)) AS difference
FROM totals p
JOIN totals e ON e.filing = p.filing AND e.form IN ('expenditure', 'general-expenditure') AND e.nature = 'project'
  AND e.year = p.year AND e.phase = p.phase
WHERE p.form IN ('projects', 'general-projects') AND p.economic = '' AND p.fund IN ('', 'general')
GROUP BY p.filing, p.id, p.source, p.amount, p.quantum
HAVING NOT bool_or(same_amount(p.amount, p.quantum, e.amount, e.quantum))

-- kind: 12
-- severity: must
-- promise-zh: 项目的本年资金等于项目表中的金额。
-- promise-en: A project's money for the year is that of the project table.
-- zh: 项目“{name}”本年资金为 {found:money}，《{title}》中这一项目为 {expected:money}
-- en: Project {name} has {found:money} for the year, but table {title} has {expected:money}
SELECT y.filing, 'project_years' AS resource, y.filing || '|' || y.project AS row_key, y.source, arg_max(a.source, (a.amount, a.id)) AS other_source,
  max(a.amount) AS expected, y.amount AS found, y.amount - max(a.amount) AS difference, p.name, arg_max(a.title, (a.amount, a.id)) AS title, arg_max(a.unit, (a.amount, a.id)) AS unit
FROM project_years y
JOIN projects p ON p.id = y.project
JOIN amounts a ON a.filing = y.filing AND a.project = y.project AND a.form IN ('projects', 'general-projects')
WHERE y.amount IS NOT NULL
GROUP BY y.filing, y.project, y.source, y.amount, p.name
HAVING NOT bool_or(same_amount(y.amount, 0, a.amount, a.quantum)) AND abs(y.amount - sum(a.amount)) > 1

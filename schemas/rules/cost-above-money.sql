-- kind: 9
-- severity: must
-- promise-zh: 项目的成本指标不大于项目资金。
-- promise-en: No cost indicator of a project exceeds the project's money.
-- zh: 项目“{name}”的成本指标“{level3}”为 {found:money}，大于项目资金 {expected:money}
-- en: The cost indicator {level3} of project {name} is {found:money}, more than the {expected:money} of the project
SELECT i.filing, 'indicators' AS resource, i.id AS row_key, i.source, y.source AS other_source, y.amount AS expected, i.value AS found,
  i.value - y.amount AS difference, p.name, i.level3, '万元' AS unit
FROM indicators i
JOIN project_years y ON y.filing = i.filing AND y.project = i.project AND y.amount > 0
JOIN projects p ON p.id = i.project
WHERE i.kind = 'amount' AND (i.level2_standard IN ('output-cost', 'economic-cost', 'cost') OR contains(i.level2, '成本'))
  AND i.value > y.amount + 0.01 AND NOT regexp_matches(i.level3, '节约|收入|效益|投资|营业|产值')

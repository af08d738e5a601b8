-- kind: 9
-- severity: should
-- promise-zh: 项目的各成本指标之和等于项目资金。
-- promise-en: The cost indicators of a project add up to its money.
-- zh: 项目“{name}”的成本指标相加为 {found:money}，与项目资金 {expected:money} 不符，相差 {difference:money}
-- en: The cost indicators of project {name} add up to {found:money}, not to its {expected:money}, off by {difference:money}
-- Costs that are a price of one piece or of one person say so in their unit and are left out.
WITH costs AS (
  SELECT filing, project, sum(value) AS value, count(*) AS terms, arg_min(id, (ordinal, id)) AS id, arg_min(source, (ordinal, id)) AS source, max(value) AS largest
  FROM indicators
  WHERE kind = 'amount' AND project <> '' AND (level2_standard IN ('output-cost', 'economic-cost', 'cost') OR contains(level2, '成本'))
    AND NOT regexp_matches(level3 || target || unit, '/|每|单价|标准|人均|次均|节约|控制率|平均')
  GROUP BY filing, project
)
SELECT c.filing, 'indicators' AS resource, c.id AS row_key, c.source, y.source AS other_source, y.amount AS expected, c.value AS found,
  c.value - y.amount AS difference, p.name, '万元' AS unit
FROM costs c
JOIN project_years y ON y.filing = c.filing AND y.project = c.project AND y.amount > 0
JOIN projects p ON p.id = c.project
WHERE c.value > y.amount + 1 AND c.terms > 1 AND c.largest <= y.amount

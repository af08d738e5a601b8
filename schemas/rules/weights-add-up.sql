-- kind: 9
-- severity: must
-- promise-zh: 一个项目各指标的分值相加为 100，或除去预算执行率为 90。
-- promise-en: The weights of a project's indicators add up to 100, or to 90 without budget execution.
-- zh: 项目“{name}”各指标分值相加为 {found}，不是 100（或除去预算执行率的 90）
-- en: The weights of project {name} add up to {found}, not to 100 (nor to 90 without that of budget execution)
SELECT i.filing, 'indicators' AS resource, arg_min(i.id, (i.ordinal, i.id)) AS row_key, arg_min(i.source, (i.ordinal, i.id)) AS source, '' AS other_source, 100 AS expected,
  sum(i.weight) AS found, sum(i.weight) - 100 AS difference, coalesce(min(p.name), '') AS name
FROM indicators i LEFT JOIN projects p ON p.id = i.project
WHERE i.weight IS NOT NULL
GROUP BY i.filing, i.project
HAVING count(*) >= 3 AND count(i.weight) = count(*) AND count(*) = (
  SELECT count(*) FROM indicators x WHERE x.filing = i.filing AND x.project = i.project)
  AND abs(sum(i.weight) - 100) > 0.05 AND abs(sum(i.weight) - 90) > 0.05

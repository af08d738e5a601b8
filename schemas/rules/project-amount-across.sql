-- kind: 9
-- severity: must
-- promise-zh: 项目的金额在绩效目标表与项目表中相同。
-- promise-en: A project has the same amount in its performance form and in the project table.
-- needs: ledger
-- zh: 项目“{name}”在绩效表中印为 {found}，《{title}》为 {expected} 元
-- en: The performance form of project {name} prints {found}, table {title} has {expected} yuan
WITH printed AS (
  SELECT l.filing, split_part(l."row", '|', 2) AS project, l.token, l.source, try_cast(regexp_replace(folded(l.token), ',', '', 'g') AS DECIMAL(30, 6)) AS value
  FROM ledger l WHERE l.resource = 'project_years' AND l.class = 'amount'
), tabled AS (
  SELECT filing, project, max(amount) AS amount, arg_max(source, (amount, id)) AS source, arg_max(title, (amount, id)) AS title
  FROM amounts WHERE project <> '' AND form IN ('projects', 'general-projects') GROUP BY ALL
)
SELECT p.filing, 'project_years' AS resource, p.filing || '|' || p.project AS row_key, p.source, t.source AS other_source, t.amount AS expected,
  p.token AS found, '' AS difference, j.name, t.title
FROM printed p
JOIN tabled t ON t.filing = p.filing AND t.project = p.project
JOIN projects j ON j.id = p.project
JOIN project_years y ON y.filing = p.filing AND y.project = p.project
WHERE p.value IS NOT NULL AND p.value <> 0 AND abs(p.value * 10000 - t.amount) > 1 AND abs(p.value - t.amount) > 1
  AND abs(p.value * 10000 - coalesce(y.appropriation, -1)) > 1 AND abs(p.value - coalesce(y.appropriation, -1)) > 1
  AND abs(p.value * 10000 - coalesce(y.other_funds, -1)) > 1 AND abs(p.value - coalesce(y.other_funds, -1)) > 1

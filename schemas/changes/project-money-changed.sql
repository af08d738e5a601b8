-- group: amounts
-- order: 9
-- title: 项目金额改动
-- title-en: Money of projects changed
-- zh: 项目“{name}”：{old:money} → {new:money} 元（{difference:signed}{rate}）
-- en: project {name}: {old:money} → {new:money} yuan ({difference:signed}{rate})
SELECT n.filing, 'project_years' AS resource, concat_ws('|', n.filing, n.project) AS row_key, n.line, n.line AS rank, n.source, 'amount' AS field,
  o.amount AS old, n.amount AS new, n.amount - o.amount AS difference, '元' AS unit, project_name(n.project) AS name
FROM was.project_years o JOIN now.project_years n ON n.filing = o.filing AND n.project = o.project
WHERE o.amount IS DISTINCT FROM n.amount

-- group: targets
-- order: 6
-- title: 新增指标
-- title-en: Targets added
-- zh: {name}{level3}：新增 {new}
-- en: {name}{level3}: {new} added
SELECT n.filing, 'indicators' AS resource, n.id AS row_key, n.line, n.line AS rank, n.source, 'target' AS field, n.target AS new, n.level3,
  CASE WHEN n.project = '' THEN '' ELSE concat(project_name(n.project), ' · ') END AS name
FROM now.indicators n ANTI JOIN was.indicators o ON o.id = n.id
WHERE n.filing NOT IN (SELECT id FROM filings_added)

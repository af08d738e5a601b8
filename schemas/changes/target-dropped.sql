-- group: targets
-- order: 7
-- title: 取消的指标
-- title-en: Targets dropped
-- zh: {name}{level3}：取消 {old}
-- en: {name}{level3}: {old} dropped
SELECT o.filing, 'indicators' AS resource, o.id AS row_key, o.line AS old_line, o.line AS rank, o.source, 'target' AS field, o.target AS old, o.level3,
  CASE WHEN o.project = '' THEN '' ELSE concat(project_name(o.project), ' · ') END AS name
FROM was.indicators o ANTI JOIN now.indicators n ON n.id = o.id
WHERE o.filing NOT IN (SELECT id FROM filings_removed)

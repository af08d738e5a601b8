-- group: targets
-- order: 2
-- title: 指标收紧
-- title-en: Targets tightened
-- zh: {name}{level3}：{old} → {new}（收紧）
-- en: {name}{level3}: {old} → {new} (tightened)
SELECT filing, 'indicators' AS resource, id AS row_key, line, line AS rank, source, field, old, new, level3,
  CASE WHEN project = '' THEN '' ELSE concat(project_name(project), ' · ') END AS name
FROM targets WHERE direction = 'tightened'

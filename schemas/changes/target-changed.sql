-- group: targets
-- order: 5
-- title: 指标改动
-- title-en: Targets changed
-- zh: {name}{level3}：{old} → {new}（改动）
-- en: {name}{level3}: {old} → {new} (changed)
SELECT filing, 'indicators' AS resource, id AS row_key, line, line AS rank, source, field, old, new, level3,
  CASE WHEN project = '' THEN '' ELSE concat(project_name(project), ' · ') END AS name
FROM targets WHERE direction = 'changed'

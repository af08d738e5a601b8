-- group: targets
-- order: 1
-- title: 指标放宽
-- title-en: Targets loosened
-- zh: {name}{level3}：{old} → {new}（放宽）
-- en: {name}{level3}: {old} → {new} (loosened)
SELECT filing, 'indicators' AS resource, id AS row_key, line, line AS rank, source, field, old, new, level3,
  CASE WHEN project = '' THEN '' ELSE concat(project_name(project), ' · ') END AS name
FROM targets WHERE direction = 'loosened'

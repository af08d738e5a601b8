-- group: targets
-- order: 4
-- title: 指标降低
-- title-en: Targets lowered
-- zh: {name}{level3}：{old} → {new}（降低）
-- en: {name}{level3}: {old} → {new} (lowered)
SELECT filing, 'indicators' AS resource, id AS row_key, line, line AS rank, source, field, old, new, level3,
  CASE WHEN project = '' THEN '' ELSE concat(project_name(project), ' · ') END AS name
FROM targets WHERE direction = 'lowered'

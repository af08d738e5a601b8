-- group: targets
-- order: 3
-- title: 指标提高
-- title-en: Targets raised
-- zh: {name}{level3}：{old} → {new}（提高）
-- en: {name}{level3}: {old} → {new} (raised)
SELECT filing, 'indicators' AS resource, id AS row_key, line, line AS rank, source, field, old, new, level3,
  CASE WHEN project = '' THEN '' ELSE concat(project_name(project), ' · ') END AS name
FROM targets WHERE direction = 'raised'

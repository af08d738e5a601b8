-- kind: 9
-- severity: must
-- promise-zh: 起止日期先起后止。
-- promise-en: A period starts before it ends.
-- zh: {what}起于 {expected}，却止于 {found}
-- en: {what_en} starts on {expected} but ends on {found}
SELECT filing, 'indicators' AS resource, id AS row_key, source, '' AS other_source, starts::VARCHAR AS expected, ends::VARCHAR AS found, '' AS difference,
  '指标“' || level3 || '”' AS what, 'The indicator ' || level3 AS what_en
FROM indicators WHERE ends < starts
UNION ALL
SELECT filing, 'project_years', filing || '|' || project, source, '', starts::VARCHAR, ends::VARCHAR, '', '项目执行时间', 'The project' FROM project_years
WHERE ends < starts

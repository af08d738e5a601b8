-- group: codes
-- order: 10
-- title: 撤下部门
-- title-en: Departments removed
-- zh: {old}（{row_key}）不再在内
-- en: {old} ({row_key}) is no longer here
SELECT '' AS filing, 'departments' AS resource, o.id AS row_key, o.line AS old_line, o.id AS rank, 'name' AS field, o.name AS old
FROM was.departments o ANTI JOIN now.departments n ON n.id = o.id

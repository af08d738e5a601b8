-- group: codes
-- order: 8
-- title: 新增部门
-- title-en: Departments added
-- zh: 新增{scope} {new}（{row_key}）
-- en: {scope} {new} added ({row_key})
SELECT '' AS filing, 'departments' AS resource, n.id AS row_key, n.line, n.id AS rank, 'name' AS field, n.name AS new, n.scope
FROM now.departments n ANTI JOIN was.departments o ON o.id = n.id

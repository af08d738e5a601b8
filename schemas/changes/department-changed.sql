-- group: codes
-- order: 9
-- title: 部门名称或归属改动
-- title-en: Departments named or placed otherwise
-- zh: {name}（{row_key}）{field}：{old} → {new}
-- en: {name} ({row_key}), {field}: {old} → {new}
SELECT '' AS filing, 'departments' AS resource, n.id AS row_key, n.line, n.id AS rank, u.field, u.old, u.new, n.name
FROM was.departments o JOIN now.departments n ON n.id = o.id,
  LATERAL (VALUES ('name', o.name, n.name), ('region', o.region, n.region), ('parent', o.parent, n.parent),
    ('scope', o.scope, n.scope), ('successor', o.successor, n.successor), ('other_names', o.other_names, n.other_names)) u(field, old, new)
WHERE u.old <> u.new

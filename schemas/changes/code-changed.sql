-- group: codes
-- order: 5
-- title: 科目上级或年限改动
-- title-en: Parent or years of codes changed
-- zh: {list} {code} {name} {field}：{old} → {new}
-- en: {code} {name} of {list}, {field}: {old} → {new}
SELECT '' AS filing, n.list AS resource, n.id AS row_key, n.line, concat(n.list, n.id) AS rank, u.field, u.old, u.new, n.code, n.name, list_name(n.list) AS list
FROM codes_was o JOIN codes_now n ON n.list = o.list AND n.id = o.id,
  LATERAL (VALUES ('code', o.code, n.code), ('parent', o.parent, n.parent),
    ('first_year', coalesce(o.first_year::VARCHAR, ''), coalesce(n.first_year::VARCHAR, '')),
    ('last_year', coalesce(o.last_year::VARCHAR, ''), coalesce(n.last_year::VARCHAR, ''))) u(field, old, new)
WHERE u.old <> u.new

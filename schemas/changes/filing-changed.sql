-- group: filings
-- order: 5
-- title: 公开件说明改动
-- title-en: Filings described otherwise
-- zh: {field}：{old} → {new}
-- en: {field}: {old} → {new}
SELECT n.id AS filing, 'filings' AS resource, n.id AS row_key, n.line, n.line AS rank, u.field, u.old, u.new
FROM was.filings o JOIN now.filings n ON n.id = o.id,
  LATERAL (VALUES ('department', o.department, n.department), ('title', o.title, n.title),
    ('published', coalesce(o.published::VARCHAR, ''), coalesce(n.published::VARCHAR, ''))) u(field, old, new)
WHERE u.old <> u.new

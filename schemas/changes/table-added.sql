-- group: amounts
-- order: 1
-- title: 新增表
-- title-en: Tables added
-- zh: 新增《{title}》：{figures} 个金额
-- en: table {title} added with {figures} amounts
SELECT t.filing, 'tables' AS resource, t.id AS row_key, t.line, t.ordinal AS rank, t.source,
  CASE WHEN t.form = '' THEN t.title ELSE form_name(t.form) END AS title,
  (SELECT count(*) FROM now.line_items l WHERE l.table_id = t.id) AS figures
FROM tables_added t

-- group: amounts
-- order: 2
-- title: 不再有的表
-- title-en: Tables removed
-- zh: 不再有《{title}》：{figures} 个金额随之撤下
-- en: table {title} is no longer here, {figures} amounts with it
SELECT t.filing, 'tables' AS resource, t.id AS row_key, t.line AS old_line, t.ordinal AS rank, t.source,
  CASE WHEN t.form = '' THEN t.title ELSE form_name(t.form) END AS title,
  (SELECT count(*) FROM was.line_items l WHERE l.table_id = t.id) AS figures
FROM tables_removed t

-- group: amounts
-- order: 4
-- title: 金额改动
-- title-en: Amounts changed
-- zh: 《{form}》{where}：{old:money} → {new:money} {unit}（{difference:signed}{rate}）
-- en: {form} · {where}: {old:money} → {new:money} {unit} ({difference:signed}{rate})
SELECT n.filing, 'line_items' AS resource, n.id AS row_key, n.line, n.line AS rank, n.source, 'amount' AS field,
  c.old, c.new, c.new - c.old AS difference, n.unit, form_name(n.form) AS form,
  where_printed(n.code_printed, n.label, n.heading) AS "where", n.role
FROM amounts_changed c JOIN now.line_items n ON n.id = c.id
WHERE NOT (c.table_id IN (SELECT table_id FROM tables_reread) AND c.old > 0 AND c.new > 0)

-- group: amounts
-- order: 7
-- title: 新增金额
-- title-en: Amounts added
-- zh: 《{form}》{where}：新增 {new:money} {unit}
-- en: {form} · {where}: {new:money} {unit} added
SELECT n.filing, 'line_items' AS resource, n.id AS row_key, n.line, n.line AS rank, n.source, 'amount' AS field, n.amount AS new, n.unit,
  form_name(n.form) AS form, where_printed(n.code_printed, n.label, n.heading) AS "where"
FROM amounts_added n WHERE n.id NOT IN (SELECT new_id FROM amounts_moved)

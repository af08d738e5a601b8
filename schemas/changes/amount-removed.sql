-- group: amounts
-- order: 8
-- title: 撤下金额
-- title-en: Amounts removed
-- zh: 《{form}》{where}：撤下 {old:money} {unit}
-- en: {form} · {where}: {old:money} {unit} removed
SELECT o.filing, 'line_items' AS resource, o.id AS row_key, o.line AS old_line, o.line AS rank, o.source, 'amount' AS field, o.amount AS old, o.unit,
  form_name(o.form) AS form, where_printed(o.code_printed, o.label, o.heading) AS "where"
FROM amounts_removed o WHERE o.id NOT IN (SELECT old_id FROM amounts_moved)

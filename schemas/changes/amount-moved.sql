-- group: amounts
-- order: 5
-- title: 科目或位置改动
-- title-en: Amounts under another code or place
-- zh: 《{form}》{where} {amount:money} {unit}：{old} → {new}
-- en: {form} · {where} {amount:money} {unit}: {old} → {new}
SELECT n.filing, 'line_items' AS resource, n.id AS row_key, n.line, n.line AS rank, n.source, 'id' AS field,
  split_part(o.id, '#', 2) AS old, split_part(n.id, '#', 2) AS new, n.amount, n.unit, form_name(n.form) AS form,
  where_printed('', n.label, n.heading) AS "where"
FROM amounts_moved m JOIN amounts_removed o ON o.id = m.old_id JOIN amounts_added n ON n.id = m.new_id

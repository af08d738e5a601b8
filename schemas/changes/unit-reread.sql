-- group: amounts
-- order: 3
-- title: 金额单位改动
-- title-en: Units of money read otherwise
-- zh: 《{title}》{amounts} 个金额一律 ×10^{power}（单位 {old} → {new}）
-- en: table {title}: {amounts} amounts × 10^{power} throughout (unit {old} → {new})
SELECT n.filing, 'tables' AS resource, n.table_id AS row_key, min(n.line) AS line, min(n.line) AS rank, min(n.source) AS source,
  'unit' AS field, min(o.unit) AS old, min(n.unit) AS new, any_value(form_name(n.form)) AS title, any_value(r.amounts) AS amounts,
  any_value(r.power) AS power
FROM tables_reread r JOIN now.line_items n USING (table_id) JOIN was.line_items o ON o.id = n.id
GROUP BY n.filing, n.table_id

-- group: amounts
-- order: 6
-- title: 同一金额归类改动
-- title-en: Amounts classified otherwise
-- zh: 《{form}》{where} {amount:money} {unit}：{old} → {new}
-- en: {form} · {where} {amount:money} {unit}: {old} → {new}
SELECT * FROM (
  SELECT n.filing, 'line_items' AS resource, n.id AS row_key, n.line, n.line AS rank, n.source, 'coordinates' AS field, n.amount, n.unit,
    form_name(n.form) AS form, where_printed(n.code_printed, n.label, n.heading) AS "where",
    concat_ws(', ', CASE WHEN o.year <> n.year THEN concat('year ', o.year) END, CASE WHEN o.phase <> n.phase THEN concat('phase ', o.phase) END,
      CASE WHEN o.form <> n.form THEN concat('form ', o.form) END, CASE WHEN o.direction <> n.direction THEN concat('direction ', o.direction) END,
      CASE WHEN o.function <> n.function THEN concat('function ', o.function) END, CASE WHEN o.economic <> n.economic THEN concat('economic ', o.economic) END,
      CASE WHEN o.fund <> n.fund THEN concat('fund ', o.fund) END, CASE WHEN o.nature <> n.nature THEN concat('nature ', o.nature) END,
      CASE WHEN o.item <> n.item THEN concat('item ', o.item) END, CASE WHEN o.project <> n.project THEN concat('project ', o.project) END,
      CASE WHEN o.row_unit <> n.row_unit THEN concat('row_unit ', o.row_unit) END, CASE WHEN o.role <> n.role THEN concat('role ', o.role) END) AS old,
    concat_ws(', ', CASE WHEN o.year <> n.year THEN concat('year ', n.year) END, CASE WHEN o.phase <> n.phase THEN concat('phase ', n.phase) END,
      CASE WHEN o.form <> n.form THEN concat('form ', n.form) END, CASE WHEN o.direction <> n.direction THEN concat('direction ', n.direction) END,
      CASE WHEN o.function <> n.function THEN concat('function ', n.function) END, CASE WHEN o.economic <> n.economic THEN concat('economic ', n.economic) END,
      CASE WHEN o.fund <> n.fund THEN concat('fund ', n.fund) END, CASE WHEN o.nature <> n.nature THEN concat('nature ', n.nature) END,
      CASE WHEN o.item <> n.item THEN concat('item ', n.item) END, CASE WHEN o.project <> n.project THEN concat('project ', n.project) END,
      CASE WHEN o.row_unit <> n.row_unit THEN concat('row_unit ', n.row_unit) END, CASE WHEN o.role <> n.role THEN concat('role ', n.role) END) AS new
  FROM was.line_items o JOIN now.line_items n ON n.id = o.id
) WHERE old <> ''

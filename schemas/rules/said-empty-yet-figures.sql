-- kind: 11
-- severity: must
-- promise-zh: 写明为空的表没有金额。
-- promise-en: A table that is said to be empty shows no figure.
-- zh: 《{title}》写明“{note}”，{place}却有“{label}”{found:money}
-- en: Table {title} says it is empty (“{note}”), yet {where_en} shows {found:money} of “{label}”
WITH figures AS (
  SELECT table_id, 'line_items' AS resource, id, source, amount AS value, coalesce(nullif(label, ''), heading) AS label, unit, '表中' AS place, 'the table itself' AS where_en FROM amounts WHERE amount > 0
  UNION ALL
  SELECT t.id, 'statements', s.id, s.source, s.value, s.label, s.unit, '文字', 'the prose'
  FROM tables t JOIN told s ON s.filing = t.filing AND s.own AND s.measure = 'level' AND s.subject IN ('', 'units-institution') AND s.value > 0
    AND ((contains(t.note, '机关运行经费') AND s.form = 'agency-operating') OR (contains(t.note, '三公') AND s.form = 'three-public' AND s.item = 'three-public'))
)
SELECT t.filing, arg_max(g.resource, (g.value, g.resource = 'line_items', g.id)) AS resource, arg_max(g.id, (g.value, g.resource = 'line_items', g.id)) AS row_key, arg_max(g.source, (g.value, g.resource = 'line_items', g.id)) AS source, t.source AS other_source,
  0 AS expected, max(g.value) AS found, max(g.value) AS difference, t.title, t.note, arg_max(g.label, (g.value, g.resource = 'line_items', g.id)) AS label, min(g.unit) AS unit,
  arg_max(g.place, (g.value, g.resource = 'line_items', g.id)) AS place, arg_max(g.where_en, (g.value, g.resource = 'line_items', g.id)) AS where_en
FROM tables t JOIN figures g ON g.table_id = t.id
WHERE regexp_matches(t.note, '空表|无数据') AND t.form <> ''
GROUP BY t.filing, t.id, t.source, t.title, t.note

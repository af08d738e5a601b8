-- kind: 1
-- severity: should
-- promise-zh: 各部分有金额的合计或小计不空着。
-- promise-en: A total or subtotal whose parts have amounts is not left blank.
-- zh: 《{title}》“{label}”行“{heading}”一格空着，它该是{of}之和 {expected:money}
-- en: In table {title}, {label} is left blank under {heading}, where the sum of {of_en} would be {expected:money}
-- A total or subtotal that is printed in every other column (or row) where its parts are. Columns side by side, like functions and
-- kinds of expenditure in a balance, can share one total.
WITH cells AS (
  SELECT id, filing, table_id, title, label, heading, amount, position, source, unit,
    concat_ws('|', role IN ('total', 'balance'), direction, function, economic, item, project, row_unit, label) AS "row"
  FROM amounts WHERE heading <> ''
), down AS (
  SELECT DISTINCT w.table_id, w."row" AS whole, p."row" AS part
  FROM sums s JOIN cells w ON w.id = s.whole JOIN cells p ON p.id = s.part WHERE s.axis = 'row'
), blank_down AS (
  SELECT d.table_id, d.whole, p.heading, sum(p.amount) AS expected, arg_min(p.id, (p.position, p.id)) AS id, arg_min(p.source, (p.position, p.id)) AS source
  FROM down d JOIN cells p ON p.table_id = d.table_id AND p."row" = d.part
  WHERE NOT EXISTS (SELECT 1 FROM cells w WHERE w.table_id = d.table_id AND w."row" = d.whole AND w.heading = p.heading)
    AND NOT EXISTS (SELECT 1 FROM sums s JOIN cells w ON w.id = s.whole WHERE s.part = p.id AND w."row" = d.whole)
  GROUP BY d.table_id, d.whole, p.heading HAVING sum(p.amount) <> 0
), filled_down AS (
  SELECT d.table_id, d.whole, p.heading FROM down d JOIN cells p ON p.table_id = d.table_id AND p."row" = d.part AND p.amount <> 0
  JOIN cells w ON w.table_id = d.table_id AND w."row" = d.whole AND w.heading = p.heading GROUP BY ALL
), across AS (
  SELECT DISTINCT w.table_id, w.heading AS whole, p.heading AS part
  FROM sums s JOIN cells w ON w.id = s.whole JOIN cells p ON p.id = s.part WHERE s.axis = 'column'
), blank_across AS (
  SELECT d.table_id, d.whole, p."row", p.label, sum(p.amount) AS expected, arg_min(p.id, (p.position, p.id)) AS id, arg_min(p.source, (p.position, p.id)) AS source
  FROM across d JOIN cells p ON p.table_id = d.table_id AND p.heading = d.part
  WHERE NOT EXISTS (SELECT 1 FROM cells w WHERE w.table_id = d.table_id AND w."row" = p."row" AND w.heading = d.whole)
    AND NOT EXISTS (SELECT 1 FROM sums s JOIN cells w ON w.id = s.whole WHERE s.part = p.id AND w.heading = d.whole)
  GROUP BY d.table_id, d.whole, p."row", p.label HAVING sum(p.amount) <> 0
), filled_across AS (
  SELECT d.table_id, d.whole, p."row" FROM across d JOIN cells p ON p.table_id = d.table_id AND p.heading = d.part AND p.amount <> 0
  JOIN cells w ON w.table_id = d.table_id AND w."row" = p."row" AND w.heading = d.whole GROUP BY ALL
), blank AS (
  SELECT b.table_id, b.id, b.source, string_split(b.whole, '|')[-1] AS label, b.heading, b.expected, '其下各行' AS "of", 'the rows below' AS of_en
  FROM blank_down b
  WHERE (SELECT count(*) FROM blank_down o WHERE o.table_id = b.table_id AND o.whole = b.whole) = 1
    AND EXISTS (SELECT 1 FROM filled_down f WHERE f.table_id = b.table_id AND f.whole = b.whole)
  UNION ALL
  SELECT b.table_id, b.id, b.source, b.label, b.whole, b.expected, '同行各栏', 'the columns beside it'
  FROM blank_across b
  WHERE (SELECT count(*) FROM blank_across o WHERE o.table_id = b.table_id AND o.whole = b.whole) = 1
    AND EXISTS (SELECT 1 FROM filled_across f WHERE f.table_id = b.table_id AND f.whole = b.whole)
)
SELECT t.filing, 'line_items' AS resource, b.id AS row_key, b.source, t.source AS other_source, b.expected, '' AS found,
  b.expected AS difference, t.title, b.label, b.heading, t.unit, b."of", b.of_en
FROM blank b JOIN tables t ON t.id = b.table_id
QUALIFY row_number() OVER (PARTITION BY b.table_id, b.label, b.heading ORDER BY b.of_en DESC, b.id) = 1

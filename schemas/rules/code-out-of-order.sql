-- kind: 6
-- severity: should
-- promise-zh: 下级科目排在它自己的上级科目之下。
-- promise-en: A code stands under its own parent in the table.
-- zh: 《{title}》{code} {label}排在 {expected} 之下，不在它自己的上级科目之下
-- en: In table {title}, {code} {label} stands under {expected}, not under its own parent
WITH coded AS (
  SELECT filing, table_id, title, CASE WHEN function <> '' THEN function ELSE economic END AS code, min(position) AS position,
    arg_min(id, (position, id)) AS id, arg_min(source, (position, id)) AS source, arg_min(label, (position, id)) AS label
  FROM amounts
  WHERE code_printed <> '' AND (function = '') <> (economic = '') AND project = '' AND role IN ('item', 'subtotal') AND item = ''
    AND form IN ('revenue', 'expenditure', 'general-expenditure', 'appropriation-expenditure')
  GROUP BY ALL
), above AS (
  SELECT *, max(CASE WHEN length(code) = 5 THEN position END) OVER w AS at5, max(CASE WHEN length(code) = 3 THEN position END) OVER w AS at3
  FROM coded
  WINDOW w AS (PARTITION BY table_id ORDER BY position, code ROWS UNBOUNDED PRECEDING)
), standing AS (
  SELECT a.*, p.code AS under FROM above a
  JOIN coded p ON p.table_id = a.table_id AND p.position = CASE length(a.code) WHEN 7 THEN a.at5 ELSE a.at3 END
  WHERE length(a.code) IN (5, 7)
)
SELECT filing, 'line_items' AS resource, id AS row_key, source, '' AS other_source, under AS expected, code AS found, '' AS difference,
  title, code, label
FROM standing s
WHERE NOT starts_with(code, under)
  AND (SELECT count(*) FROM standing x WHERE x.table_id = s.table_id AND starts_with(x.code, x.under)) >= 2
  AND (SELECT count(*) FROM standing x WHERE x.table_id = s.table_id AND NOT starts_with(x.code, x.under)) <= 2

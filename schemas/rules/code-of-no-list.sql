-- kind: 6
-- severity: must
-- promise-zh: 印刷的编码属于功能分类或经济分类。
-- promise-en: A printed code belongs to the functional or an economic classification.
-- zh: 《{title}》“{label}”的编码印为 {found}，功能分类和经济分类都没有这样的编码
-- en: Table {title} prints the code {found} for {label}; neither functions nor economic codes begin so
-- Functions begin with 2, economic codes of departments with 3, of government with 5. Only in a table whose other rows have such codes.
WITH coded AS (
  SELECT filing, table_id, title, label, id, source, position, regexp_replace(code_printed, '[^0-9]', '', 'g') AS digits,
    function <> '' OR economic <> '' AS understood
  FROM amounts WHERE regexp_matches(code_printed, '^[0-9 ]+$') AND project = '' AND row_unit = ''
), habit AS (
  SELECT table_id, count(DISTINCT digits) FILTER (understood) AS understood, count(DISTINCT digits) FILTER (NOT understood) AS other
  FROM coded WHERE length(digits) IN (3, 5, 7) GROUP BY table_id
)
SELECT c.filing, 'line_items' AS resource, arg_min(c.id, (c.position, c.id)) AS row_key, arg_min(c.source, (c.position, c.id)) AS source, '' AS other_source,
  '' AS expected, c.digits AS found, '' AS difference, min(c.title) AS title, c.label
FROM coded c JOIN habit h ON h.table_id = c.table_id
WHERE NOT c.understood AND length(c.digits) IN (3, 5, 7) AND h.understood >= 3 AND h.other <= h.understood / 3
  AND NOT regexp_matches(c.digits, '^[235]')
GROUP BY c.filing, c.table_id, c.digits, c.label

-- kind: 1
-- severity: should
-- needs: cells
-- zh: 《{title}》“{found}”行空着，同栏各行却有数
-- en: In table {title}, the row {found} is left blank, though the rows of its column hold figures
-- A row called a total, blank from its name to the next words of the row. A total in a column of its own, like that of a balance for
-- functions and kinds of expenditure side by side, is there.
WITH printed AS (
  SELECT filing, file_name, table_ordinal, "row"::INTEGER AS "row", "column"::INTEGER AS first, "column"::INTEGER + column_span::INTEGER - 1 AS last,
    folded(text) AS text, source
  FROM cells
), figures AS (
  SELECT p.filing, p.file_name, p.table_ordinal, p."row", p.first, min(a.table_id) AS table_id, bool_or(a.amount <> 0) AS filled
  FROM printed p JOIN amounts a ON a.filing = p.filing AND a.source = p.source GROUP BY ALL
), columns AS (
  SELECT filing, file_name, table_ordinal, first, min(table_id) AS table_id, count(*) FILTER (filled) AS filled
  FROM figures GROUP BY ALL
), named AS (
  SELECT p.*, coalesce(min(n.first), 1000) AS next
  FROM printed p
  LEFT JOIN printed n ON n.filing = p.filing AND n.file_name = p.file_name AND n.table_ordinal = p.table_ordinal AND n."row" = p."row"
    AND n.first > p.last AND n.text <> '' AND NOT regexp_matches(n.text, '^[-0-9.,%()—]+$')
  WHERE regexp_matches(p.text, '^(本年|当年)?(收入|支出)?(合计|总计)$')
    AND NOT EXISTS (SELECT 1 FROM columns c WHERE c.filing = p.filing AND c.file_name = p.file_name AND c.table_ordinal = p.table_ordinal AND c.first = p.first)
  GROUP BY ALL
)
SELECT n.filing, 'tables' AS resource, t.id AS row_key, n.source, t.source AS other_source, '' AS expected, n.text AS found, '' AS difference, t.title
FROM named n
JOIN columns c ON c.filing = n.filing AND c.file_name = n.file_name AND c.table_ordinal = n.table_ordinal AND c.first > n.last AND c.first < n.next AND c.filled >= 2
JOIN tables t ON t.id = c.table_id
WHERE NOT EXISTS (
  SELECT 1 FROM printed v WHERE v.filing = n.filing AND v.file_name = n.file_name AND v.table_ordinal = n.table_ordinal AND v."row" = n."row"
    AND v.first > n.last AND v.first < n.next AND v.text <> '')
GROUP BY ALL

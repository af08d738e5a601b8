-- kind: 1
-- severity: should
-- needs: cells
-- promise-zh: 各项有数时，合计不空着。
-- promise-en: Where parts are printed, so is their total.
-- zh: 《{title}》“{found}”空着，它的各项却有数
-- en: In table {title}, {found} is left blank, though what it adds up is printed
-- A row called a total, blank from its name to the next words of the row, or a column so called without any figure. A total in a column of its own, like that of a balance for
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
), across AS (
  -- A column called 合计 that holds nothing, beside columns of its own that do.
  SELECT h.filing, h.text, h.source, min(a.table_id) AS table_id
  FROM printed h
  JOIN (SELECT filing, file_name, table_ordinal, min("row") AS top FROM figures GROUP BY ALL) b USING (filing, file_name, table_ordinal)
  JOIN figures a ON a.filing = h.filing AND a.file_name = h.file_name AND a.table_ordinal = h.table_ordinal AND a.first > h.last AND a.filled
  WHERE h.text IN ('合计', '总计') AND h.first = h.last AND h."row" < b.top
    AND NOT EXISTS (SELECT 1 FROM columns c WHERE c.filing = h.filing AND c.file_name = h.file_name AND c.table_ordinal = h.table_ordinal AND c.first = h.first)
    AND EXISTS (SELECT 1 FROM printed v WHERE v.filing = h.filing AND v.file_name = h.file_name AND v.table_ordinal = h.table_ordinal
      AND v."row" = a."row" AND v.first = h.first AND v.text = '')
    -- A header narrower than its rows does not stand above them.
    AND (SELECT max(o.last) FROM printed o WHERE o.filing = h.filing AND o.file_name = h.file_name AND o.table_ordinal = h.table_ordinal AND o."row" <= h."row")
      = (SELECT max(o.last) FROM printed o WHERE o.filing = h.filing AND o.file_name = h.file_name AND o.table_ordinal = h.table_ordinal)
    AND NOT EXISTS (SELECT 1 FROM printed o WHERE o.filing = h.filing AND o.file_name = h.file_name AND o.table_ordinal = h.table_ordinal
      AND o."row" = h."row" AND o.text = h.text AND o.first > h.first AND o.first <= a.first)
  GROUP BY h.filing, h.text, h.source
)
SELECT n.filing, 'tables' AS resource, t.id AS row_key, n.source, t.source AS other_source, '' AS expected, n.text AS found, '' AS difference, t.title
FROM named n
JOIN columns c ON c.filing = n.filing AND c.file_name = n.file_name AND c.table_ordinal = n.table_ordinal AND c.first > n.last AND c.first < n.next AND c.filled >= 2
JOIN tables t ON t.id = c.table_id
WHERE NOT EXISTS (
  SELECT 1 FROM printed v WHERE v.filing = n.filing AND v.file_name = n.file_name AND v.table_ordinal = n.table_ordinal AND v."row" = n."row"
    AND v.first > n.last AND v.first < n.next AND v.text <> '')
GROUP BY ALL
UNION ALL
SELECT a.filing, 'tables', t.id, a.source, t.source, '', a.text, '', t.title FROM across a JOIN tables t ON t.id = a.table_id

-- kind: 11
-- severity: must
-- promise-zh: 表名写的年度就是公开件的年度。
-- promise-en: The year in a table's title is that of the filing.
-- zh: 表名《{title}》写的是 {found} 年，公开件是 {expected} 年的
-- en: The title {title} says {found}, but the filing is of {expected}
SELECT t.filing, 'tables' AS resource, t.id AS row_key, t.source, '' AS other_source, f.year AS expected,
  regexp_extract(folded(t.title), '(20[0-9]{2})年', 1) AS found,
  regexp_extract(folded(t.title), '(20[0-9]{2})年', 1)::INTEGER - f.year AS difference, t.title
FROM tables t JOIN filings f ON f.id = t.filing
WHERE regexp_matches(folded(t.title), '20[0-9]{2}年') AND len(regexp_extract_all(folded(t.title), '20[0-9]{2}年')) = 1
  AND regexp_extract(folded(t.title), '(20[0-9]{2})年', 1)::INTEGER <> f.year

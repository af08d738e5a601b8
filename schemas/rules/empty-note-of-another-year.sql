-- kind: 11
-- severity: must
-- promise-zh: 空表的说明写的是公开件的年度。
-- promise-en: The note of an empty table names the year of the filing.
-- zh: 《{title}》的说明写的是 {found} 年，公开件是 {expected} 年的
-- en: The note of table {title} speaks of {found}, but the filing is of {expected}
SELECT t.filing, 'tables' AS resource, t.id AS row_key, t.source, '' AS other_source, f.year AS expected,
  regexp_extract(folded(t.note), '(20[0-9]{2})年', 1) AS found, '' AS difference, t.title
FROM tables t JOIN filings f ON f.id = t.filing
WHERE regexp_matches(folded(t.note), '20[0-9]{2}年') AND regexp_extract(folded(t.note), '(20[0-9]{2})年', 1)::INTEGER <> f.year

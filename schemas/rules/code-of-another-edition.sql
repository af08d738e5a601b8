-- kind: 6
-- severity: should
-- promise-zh: 印刷的科目编码在公开件的年度有效。
-- promise-en: A printed code is in force in the year of the filing.
-- zh: 《{title}》{code} {label}在 {year} 年的科目中已不用（{first}–{last}）
-- en: Table {title} has {code} {label}, which the classification of {year} does not hold ({first}–{last})
SELECT a.filing, 'line_items' AS resource, arg_min(a.id, (a.position, a.id)) AS row_key, arg_min(a.source, (a.position, a.id)) AS source, '' AS other_source,
  '' AS expected, a.code AS found, '' AS difference, min(a.title) AS title, a.code, min(a.label) AS label, f.year,
  min(c.first_year) AS first, min(c.last_year) AS last
FROM (
  SELECT filing, id, source, position, title, label, 'function' AS scheme, function AS code FROM amounts WHERE function <> '' AND own
  UNION ALL SELECT filing, id, source, position, title, label, 'economic', economic FROM amounts WHERE economic <> '' AND own
) a
JOIN filings f ON f.id = a.filing
JOIN (
  SELECT 'function' AS scheme, id, first_year, last_year FROM functions
  UNION ALL SELECT 'economic', id, first_year, last_year FROM department_economics
) c ON c.scheme = a.scheme AND c.id = a.code
WHERE f.year < c.first_year OR f.year > c.last_year
GROUP BY a.filing, a.code, f.year

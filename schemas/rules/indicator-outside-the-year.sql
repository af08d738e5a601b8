-- kind: 9
-- severity: should
-- promise-zh: 指标的日期在公开件的年度之内。
-- promise-en: The date of an indicator lies in the year of the filing.
-- zh: 指标“{level3}”的日期 {found} 不在 {expected} 年内
-- en: The indicator {level3} is due {found}, outside {expected}
SELECT i.filing, 'indicators' AS resource, i.id AS row_key, i.source, '' AS other_source, f.year AS expected,
  CASE WHEN year(i.ends) <> f.year THEN i.ends ELSE i.starts END::VARCHAR AS found, '' AS difference, i.level3
FROM indicators i JOIN filings f ON f.id = i.filing
LEFT JOIN project_years y ON y.filing = i.filing AND y.project = i.project
WHERE (year(i.ends) < f.year OR year(i.starts) > f.year OR year(i.ends) > f.year + 1 OR (year(i.ends) > f.year AND y.ends IS NOT NULL AND i.ends > y.ends))

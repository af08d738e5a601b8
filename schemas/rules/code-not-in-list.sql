-- kind: 6
-- severity: should
-- promise-zh: 印刷的经济分类编码在当年的科目表中。
-- promise-en: A printed economic code is in the classification of its year.
-- zh: 《{title}》的经济分类科目 {code} {label} 不在部门预算支出经济分类科目中
-- en: Table {title} has the economic code {code} {label}, which is not in the classification of its year
-- The list is complete from the year that `schemes` gives.
SELECT a.filing, 'line_items' AS resource, arg_min(a.id, (a.position, a.id)) AS row_key, arg_min(a.source, (a.position, a.id)) AS source, '' AS other_source,
  '' AS expected, a.economic AS found, '' AS difference, min(a.title) AS title, a.economic AS code, min(a.label) AS label
FROM amounts a
JOIN filings f ON f.id = a.filing
JOIN schemes s ON s.id = 'economic' AND f.year >= s.complete_from
LEFT JOIN department_economics e ON e.id = a.economic
WHERE a.economic <> '' AND a.form <> 'government-economic'
  AND (e.id IS NULL OR (e.evidence = 'observed' AND e.last_year IS NULL AND length(a.economic) = 5 AND NOT EXISTS (
    SELECT 1 FROM code_names n WHERE n.scheme = 'economic' AND n.concept = a.economic)))
GROUP BY a.filing, a.economic

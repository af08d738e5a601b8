-- kind: 8
-- severity: must
-- promise-zh: 文字所述的项目个数等于表中所列的个数。
-- promise-en: The prose counts as many projects as the table lists.
-- zh: 文字说项目 {found} 个，《{title}》列出 {expected} 个
-- en: The prose counts {found} projects, but table {title} lists {expected}
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, l.source AS other_source, l.projects AS expected, s.value::INTEGER AS found,
  (s.value - l.projects)::INTEGER AS difference, l.title
FROM told s
JOIN (
  SELECT filing, form, count(DISTINCT project) AS projects, min(source) AS source, min(title) AS title FROM amounts
  WHERE form IN ('projects', 'general-projects') AND project <> '' GROUP BY ALL
) l ON l.filing = s.filing AND l.form = s.form
WHERE s.measure = 'count' AND s.form IN ('projects', 'general-projects') AND s.subject = '' AND s.project = '' AND s.value <> l.projects
  AND s.function = '' AND regexp_matches(s.unit, '^[个项]$')

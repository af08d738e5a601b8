-- kind: 8
-- severity: must
-- promise-zh: 文字所述的内设机构个数等于所列的个数。
-- promise-en: The prose counts as many sections as it lists.
-- zh: 文字说“{label}{printed}{unit}”，列出的有 {expected} 个
-- en: The prose counts {found} sections, but the list has {expected}
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, l.source AS other_source, l.names AS expected, s.value::INTEGER AS found,
  (s.value - l.names)::INTEGER AS difference, s.label, s.printed, s.unit
FROM told s
JOIN (SELECT filing, count(*) AS names, arg_min(source, (ordinal, name)) AS source, max(ordinal) AS last FROM sections GROUP BY filing) l ON l.filing = s.filing
WHERE s.subject = 'sections' AND s.measure = 'count' AND s.value <> l.names
  AND (SELECT count(*) FROM told x WHERE x.filing = s.filing AND x.subject = 'sections' AND x.measure = 'count') = 1
  AND regexp_matches(s.label, '((下设|内设|设有|设|共有?|包括)(机构|科室|处室|股室|部门|内设机构)?|[处室科股部会心局]等)$') AND l.names >= 2

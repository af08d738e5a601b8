-- kind: 8
-- severity: must
-- promise-zh: 文字所述的预算单位家数等于所列的家数。
-- promise-en: The prose counts as many budget units as it lists.
-- zh: 文字说纳入范围的预算单位共 {found} 家，列出的有 {expected} 家
-- en: The prose counts {found} budget units, but {expected} are listed
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, l.source AS other_source, l.names AS expected, s.value::INTEGER AS found,
  (s.value - l.names)::INTEGER AS difference
FROM told s
JOIN (SELECT filing, count(*) AS names, arg_min(source, (ordinal, name)) AS source FROM units GROUP BY filing) l ON l.filing = s.filing
WHERE s.subject = 'units' AND s.measure = 'count' AND s.value <> l.names
  AND (SELECT count(DISTINCT value) FROM told x WHERE x.filing = s.filing AND x.subject = 'units' AND x.measure = 'count') = 1

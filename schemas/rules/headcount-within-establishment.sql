-- kind: 8
-- severity: should
-- promise-zh: 在职人数不超过编制数。
-- promise-en: No more people are in service than there are established posts.
-- zh: 在职 {found} 人，超过编制数 {expected} 名
-- en: {found} people are in service, more than the {expected} established posts
-- Only where one number of posts and one of people are told of the whole agency.
SELECT a.filing, 'statements' AS resource, a.id AS row_key, a.source, e.source AS other_source, e.value::INTEGER AS expected, a.value::INTEGER AS found,
  (a.value - e.value)::INTEGER AS difference
FROM told a
JOIN told e ON e.filing = a.filing AND e.subject = 'establishment' AND e.measure = 'count'
WHERE a.subject = 'headcount-active' AND a.measure = 'count' AND a.value > e.value
  AND (SELECT count(*) FROM told x WHERE x.filing = a.filing AND x.subject = 'establishment' AND x.measure = 'count') = 1
  AND (SELECT count(*) FROM told x WHERE x.filing = a.filing AND x.subject = 'headcount-active' AND x.measure = 'count') = 1

-- kind: 8
-- severity: must
-- promise-zh: 编制总数等于各类编制之和。
-- promise-en: Established posts are the sum of their kinds.
-- zh: 编制 {found} 名，行政、事业等编制相加为 {expected} 名
-- en: There are {found} established posts, but the kinds listed add up to {expected}
WITH parts AS (
  SELECT filing, sum(value) AS value, count(*) AS terms, min(position) AS first, min(source) AS source
  FROM told WHERE measure = 'count' AND subject IN ('establishment-administrative', 'establishment-attached', 'establishment-institution', 'establishment-worker')
  GROUP BY filing HAVING count(*) = count(DISTINCT subject)
)
SELECT w.filing, 'statements' AS resource, w.id AS row_key, w.source, p.source AS other_source, p.value::INTEGER AS expected,
  w.value::INTEGER AS found, (w.value - p.value)::INTEGER AS difference
FROM told w JOIN parts p ON p.filing = w.filing
WHERE w.subject = 'establishment' AND w.measure = 'count' AND p.terms >= 2 AND p.first - w.position BETWEEN 1 AND 4 AND w.value <> p.value

-- kind: 8
-- severity: must
-- promise-zh: 实有人数等于在职、退休、离休等人数之和。
-- promise-en: The headcount is the sum of those in service, retired and others.
-- zh: 实有人数 {found} 人，在职、退休、离休等相加为 {expected} 人
-- en: {found} people are employed, but those in service, retired and others add up to {expected}
WITH parts AS (
  SELECT filing, as_of, sum(value) AS value, count(*) AS terms, min(position) AS first, max(position) AS last, min(source) AS source
  FROM told WHERE measure = 'count' AND subject IN ('headcount-active', 'headcount-retired', 'headcount-veteran', 'headcount-other')
  GROUP BY filing, as_of HAVING count(*) = count(DISTINCT subject) AND bool_or(subject = 'headcount-active')
)
SELECT w.filing, 'statements' AS resource, w.id AS row_key, w.source, p.source AS other_source, p.value::INTEGER AS expected,
  w.value::INTEGER AS found, (w.value - p.value)::INTEGER AS difference
FROM told w JOIN parts p ON p.filing = w.filing AND p.as_of IS NOT DISTINCT FROM w.as_of
WHERE w.subject = 'headcount' AND w.measure = 'count' AND p.terms >= 2 AND abs(p.first - w.position) <= 6 AND w.value <> p.value AND NOT contains(w.label, '在职')

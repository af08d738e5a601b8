-- kind: 8
-- severity: must
-- promise-zh: 车辆总数等于各类用车之和。
-- promise-en: The number of vehicles is the sum of their kinds.
-- zh: 文字说车辆共 {found} 辆，各类用车相加为 {expected} 辆
-- en: The prose counts {found} vehicles, but the kinds it lists add up to {expected}
WITH parts AS (
  SELECT w.id, sum(p.value) AS value, count(*) AS terms, min(p.source) AS source
  FROM told w
  JOIN told p ON p.filing = w.filing AND p.measure = 'count' AND p.position > w.position AND p.position <= w.position + 18
    AND p.subject IN ('vehicles-ministerial', 'vehicles-leading', 'vehicles-general', 'vehicles-confidential', 'vehicles-emergency',
      'vehicles-enforcement', 'vehicles-special', 'vehicles-retired', 'vehicles-other')
    AND NOT EXISTS (SELECT 1 FROM told n WHERE n.filing = w.filing AND n.measure = 'count' AND n.subject IN ('vehicles', 'vehicles-planned', 'vehicles-kept')
      AND n.position > w.position AND n.position < p.position)
  WHERE w.measure = 'count' AND w.subject IN ('vehicles', 'vehicles-planned', 'vehicles-kept')
  GROUP BY w.id HAVING count(*) = count(DISTINCT p.subject)
)
SELECT w.filing, 'statements' AS resource, w.id AS row_key, w.source, p.source AS other_source, p.value::INTEGER AS expected, w.value::INTEGER AS found,
  (w.value - p.value)::INTEGER AS difference
FROM told w JOIN parts p ON p.id = w.id
WHERE p.terms >= 2 AND w.value <> p.value

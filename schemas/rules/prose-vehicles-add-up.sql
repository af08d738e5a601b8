-- kind: 3
-- severity: must
-- promise-zh: 文字所述的公务用车购置及运行费等于购置费与运行费之和。
-- promise-en: Vehicle costs in the prose are the sum of buying and running them.
-- zh: 文字说公务用车购置及运行费 {found:money}，购置费与运行费相加为 {expected:money}，相差 {difference:money}
-- en: The prose says vehicles cost {found:money}, but buying and running them add up to {expected:money}, off by {difference:money}
WITH parts AS (
  SELECT filing, year, phase, item, arg_min(value, (position, id)) AS value, arg_min(quantum, (position, id)) AS quantum,
    arg_min(source, (position, id)) AS source
  FROM told
  WHERE form = 'three-public' AND measure = 'level' AND subject = '' AND project = ''
    AND item IN ('vehicle-purchase', 'vehicle-running')
  GROUP BY filing, year, phase, item
), listed AS (
  SELECT filing, year, phase, sum(value) AS value, max(quantum) AS quantum, min(source) AS source
  FROM parts GROUP BY filing, year, phase HAVING count(*) = 2
)
SELECT t.filing, 'statements' AS resource, t.id AS row_key, t.source, l.source AS other_source,
  l.value AS expected, t.value AS found, t.value - l.value AS difference, t.unit
FROM told t
JOIN listed l ON l.filing = t.filing AND l.year = t.year AND l.phase = t.phase
WHERE t.form = 'three-public' AND t.item = 'vehicles' AND t.measure = 'level' AND t.subject = ''
  AND abs(t.value - l.value) > 3 * greatest(t.quantum, l.quantum) + 0.000001

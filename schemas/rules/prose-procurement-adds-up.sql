-- kind: 3
-- severity: must
-- promise-zh: 文字所述的政府采购额等于货物、工程、服务之和。
-- promise-en: Procurement in the prose is the sum of goods, works and services.
-- zh: 文字说政府采购共 {found:money}，货物、工程、服务相加为 {expected:money}，相差 {difference:money}
-- en: The prose says procurement is {found:money}, but goods, works and services add up to {expected:money}, off by {difference:money}
-- A kind that the prose leaves out is taken as none.
WITH parts AS (
  SELECT filing, year, phase, item, arg_min(value, (position, id)) AS value, arg_min(quantum, (position, id)) AS quantum,
    arg_min(source, (position, id)) AS source
  FROM told
  WHERE form = 'procurement' AND measure = 'level' AND subject = '' AND project = '' AND item IN ('goods', 'works', 'services')
  GROUP BY filing, year, phase, item
), listed AS (
  SELECT filing, year, phase, sum(value) AS value, max(quantum) AS quantum, min(source) AS source
  FROM parts GROUP BY filing, year, phase HAVING count(*) >= 2
)
SELECT t.filing, 'statements' AS resource, t.id AS row_key, t.source, l.source AS other_source,
  l.value AS expected, t.value AS found, t.value - l.value AS difference, t.unit
FROM told t
JOIN listed l ON l.filing = t.filing AND l.year = t.year AND l.phase = t.phase
WHERE t.form = 'procurement' AND t.item = 'procurement' AND t.measure = 'level' AND t.subject = '' AND t.project = ''
  AND abs(t.value - l.value) > 4 * greatest(t.quantum, l.quantum) + 0.000001

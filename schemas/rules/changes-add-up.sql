-- kind: 4
-- severity: must
-- promise-zh: “三公”经费的增减等于所列各项增减之和。
-- promise-en: The change of the three public expenses is the sum of the changes of its items.
-- zh: 文字说“三公”经费{word} {found:size}，所列各项增减相加为 {expected:money}，相差 {difference:money}
-- en: The prose says the three public expenses change by {found:money}, but the changes it lists add up to {expected:money}, off by {difference:money}
WITH parts AS (
  SELECT c.filing, c.year, c.phase, c.basis, c.item, arg_min(c.value, (c.position, c.id)) AS value, arg_min(c.quantum, (c.position, c.id)) AS quantum,
    arg_min(c.source, (c.position, c.id)) AS source
  FROM told c
  WHERE c.form = 'three-public' AND c.measure = 'change' AND c.own AND c.item IN ('overseas', 'vehicles', 'vehicle-purchase', 'vehicle-running', 'reception')
  GROUP BY ALL
), listed AS (
  SELECT filing, year, phase, basis, max(quantum) AS quantum, min(source) AS source,
    sum(value) FILTER (item IN ('overseas', 'reception')) + coalesce(max(value) FILTER (item = 'vehicles'),
      sum(value) FILTER (item IN ('vehicle-purchase', 'vehicle-running'))) AS value
  FROM parts GROUP BY filing, year, phase, basis
  HAVING count(*) FILTER (item IN ('overseas', 'reception')) = 2
    AND (bool_or(item = 'vehicles') OR count(*) FILTER (item IN ('vehicle-purchase', 'vehicle-running')) = 2)
)
SELECT t.filing, 'statements' AS resource, t.id AS row_key, t.source, l.source AS other_source, l.value AS expected, t.value AS found,
  t.value - l.value AS difference, t.word, t.unit
FROM told t
JOIN listed l ON l.filing = t.filing AND l.year = t.year AND l.phase = t.phase AND l.basis = t.basis
WHERE t.form = 'three-public' AND t.item = 'three-public' AND t.measure = 'change' AND t.subject = '' AND t.own
  AND abs(t.value - l.value) > 4 * greatest(t.quantum, l.quantum) + 0.000001

-- kind: 3
-- severity: must
-- promise-zh: 文字所述的“三公”经费等于所列各项之和。
-- promise-en: The three public expenses in the prose are the sum of their items.
-- zh: 文字说“三公”经费共 {found:money}，所列各项相加为 {expected:money}，相差 {difference:money}
-- en: The prose says the three public expenses are {found:money}, but the items it names add up to {expected:money}, off by {difference:money}
WITH items AS (
  SELECT filing, year, phase, item, arg_min(value, (position, id)) AS value, arg_min(quantum, (position, id)) AS quantum,
    arg_min(source, (position, id)) AS source
  FROM told
  WHERE form = 'three-public' AND measure = 'level' AND subject = '' AND project = '' AND unit <> ''
    AND item IN ('overseas', 'vehicles', 'vehicle-purchase', 'vehicle-running', 'reception')
  GROUP BY filing, year, phase, item
), listed AS (
  SELECT filing, year, phase, max(quantum) AS quantum, min(source) AS source,
    sum(value) FILTER (item IN ('overseas', 'reception')) + coalesce(max(value) FILTER (item = 'vehicles'),
      sum(value) FILTER (item IN ('vehicle-purchase', 'vehicle-running'))) AS value
  FROM items GROUP BY filing, year, phase
  HAVING count(*) FILTER (item IN ('overseas', 'reception')) = 2
    AND (bool_or(item = 'vehicles') OR count(*) FILTER (item IN ('vehicle-purchase', 'vehicle-running')) = 2)
)
SELECT t.filing, 'statements' AS resource, t.id AS row_key, t.source, l.source AS other_source,
  l.value AS expected, t.value AS found, t.value - l.value AS difference, t.unit
FROM told t
JOIN listed l ON l.filing = t.filing AND l.year = t.year AND l.phase = t.phase
WHERE t.form = 'three-public' AND t.item = 'three-public' AND t.measure = 'level' AND t.subject = ''
  AND abs(t.value - l.value) > 4 * greatest(t.quantum, l.quantum) + 0.000001

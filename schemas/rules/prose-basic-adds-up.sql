-- kind: 3
-- severity: must
-- promise-zh: 文字所述的基本支出等于人员经费与公用经费之和。
-- promise-en: Basic expenditure in the prose is the sum of personnel and running costs.
-- zh: 文字说基本支出 {found:money}，人员经费与公用经费相加为 {expected:money}，相差 {difference:money}
-- en: The prose says basic expenditure is {found:money}, but personnel and running costs add up to {expected:money}, off by {difference:money}
WITH parts AS (
  SELECT filing, year, phase, form, nature, arg_min(value, (position, id)) AS value, arg_min(quantum, (position, id)) AS quantum,
    arg_min(source, (position, id)) AS source
  FROM told
  WHERE form IN ('general-basic', 'appropriation-basic') AND measure = 'level' AND subject = '' AND economic = ''
    AND function = '' AND nature IN ('personnel', 'running-costs')
  GROUP BY filing, year, phase, form, nature
), listed AS (
  SELECT filing, year, phase, form, sum(value) AS value, max(quantum) AS quantum, min(source) AS source
  FROM parts GROUP BY filing, year, phase, form HAVING count(*) = 2
)
SELECT t.filing, 'statements' AS resource, t.id AS row_key, t.source, l.source AS other_source,
  l.value AS expected, t.value AS found, t.value - l.value AS difference, t.unit
FROM told t
JOIN listed l ON l.filing = t.filing AND l.year = t.year AND l.phase = t.phase AND l.form = t.form
WHERE t.measure = 'level' AND t.nature = 'basic' AND t.economic = '' AND t.function = '' AND t.subject = ''
  AND abs(t.value - l.value) > 3 * greatest(t.quantum, l.quantum) + 0.000001

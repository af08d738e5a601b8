-- kind: 3
-- severity: must
-- promise-zh: 文字所列的经济科目相加等于所述的总数。
-- promise-en: The economic codes that the prose lists add up to the amount it tells.
-- zh: 文字说{nature_name} {found:money}，所列经济科目相加为 {expected:money}，相差 {difference:money}
-- en: The prose says {nature_name_en} is {found:money}, but the codes it lists add up to {expected:money}, off by {difference:money}
-- Where the table shows as many codes as the prose lists, the list is whole.
WITH listed AS (
  SELECT filing, year, phase, form, nature, sum(value) AS value, count(*) AS terms, max(quantum) AS quantum, min(source) AS source
  FROM told
  WHERE form IN ('general-basic', 'appropriation-basic') AND measure = 'level' AND subject = '' AND length(economic) = 5
    AND nature IN ('personnel', 'running-costs')
  GROUP BY filing, year, phase, form, nature
), tabled AS (
  SELECT filing, year, phase, form, count(DISTINCT economic) AS codes,
    CASE WHEN economic[:3] IN ('301', '303') THEN 'personnel' ELSE 'running-costs' END AS nature
  FROM amounts WHERE form IN ('general-basic', 'appropriation-basic') AND length(economic) = 5 AND amount <> 0 GROUP BY ALL
)
SELECT t.filing, 'statements' AS resource, t.id AS row_key, t.source, l.source AS other_source,
  l.value AS expected, t.value AS found, t.value - l.value AS difference, t.unit, n.name AS nature_name, n.name_en AS nature_name_en
FROM told t
JOIN listed l ON l.filing = t.filing AND l.year = t.year AND l.phase = t.phase AND l.form = t.form AND l.nature = t.nature
JOIN tabled c ON c.filing = t.filing AND c.year = t.year AND c.phase = t.phase AND c.form = t.form AND c.nature = t.nature
JOIN natures n ON n.id = t.nature
WHERE t.measure = 'level' AND t.economic = '' AND t.subject = '' AND l.terms = c.codes
  AND abs(t.value - l.value) > (l.terms + 1) * greatest(t.quantum, l.quantum) + 0.000001

-- kind: 1
-- severity: must
-- promise-zh: 人员经费和公用经费各等于其所含经济分类各类之和。
-- promise-en: Personnel and running costs each equal the economic classes that they cover.
-- zh: 《{title}》{label}为 {found:money}，按经济分类各类相加为 {expected:money}，相差 {difference:money}
-- en: In table {title}, {label} shows {found:money} but the economic classes it covers add up to {expected:money}, off by {difference:money}
WITH leaves AS (
  SELECT table_id, year, phase, CASE WHEN economic[:3] IN ('301', '303') THEN 'personnel' ELSE 'running-costs' END AS nature,
    sum(amount) AS amount, count(*) AS terms, max(quantum) AS quantum, min(source) AS source
  FROM amounts
  WHERE form IN ('general-basic', 'appropriation-basic') AND economic <> '' AND role = 'item' AND nature IN ('basic', '')
  GROUP BY ALL
)
SELECT w.filing, 'line_items' AS resource, w.id AS row_key, w.source, l.source AS other_source,
  l.amount AS expected, w.amount AS found, w.amount - l.amount AS difference, w.title, w.label, w.unit
FROM amounts w
JOIN leaves l ON l.table_id = w.table_id AND l.year = w.year AND l.phase = w.phase AND l.nature = w.nature
WHERE w.economic = '' AND w.function = '' AND w.label <> ''
  AND NOT EXISTS (SELECT 1 FROM sums s WHERE s.whole = w.id)
  AND abs(w.amount - l.amount) > (l.terms + 1) * greatest(w.quantum, l.quantum) + 0.000001

-- kind: 1
-- severity: must
-- zh: 《{title}》“{label}”的“{heading}”为 {found} 元，同行各栏相加为 {expected} 元，相差 {difference} 元
-- en: In table {title}, the {heading} of {label} is {found} yuan but the columns beside it add up to {expected}, off by {difference}
SELECT w.filing, 'line_items' AS resource, w.id AS row_key, w.source, min(p.source) AS other_source,
  sum(p.amount) AS expected, w.amount AS found, w.amount - sum(p.amount) AS difference,
  any_value(t.title) AS title, w.label, w.heading
FROM sums s
JOIN amounts w ON w.id = s.whole
JOIN amounts p ON p.id = s.part
JOIN tables t ON t.id = w.table_id
WHERE s.axis = 'column'
GROUP BY w.filing, w.id, w.source, w.amount, w.label, w.heading, w.quantum, s.partition
HAVING abs(w.amount - sum(p.amount)) > count(*) * greatest(w.quantum, max(p.quantum)) + 0.000001

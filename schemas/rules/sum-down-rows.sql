-- kind: 1
-- severity: must
-- promise-zh: 一栏的合计等于其下各行之和。
-- promise-en: The total of a column is the sum of its rows.
-- zh: 《{title}》“{label}”行“{heading}”栏为 {found:money}，其下各行相加为 {expected:money}，相差 {difference:money}
-- en: In table {title}, {label} shows {found:money} under {heading}, but the rows below it add up to {expected:money}, off by {difference:money}
SELECT w.filing, 'line_items' AS resource, w.id AS row_key, w.source, min(p.source) AS other_source,
  sum(p.amount) AS expected, w.amount AS found, w.amount - sum(p.amount) AS difference,
  w.title, w.label, w.heading, w.unit
FROM sums s
JOIN amounts w ON w.id = s.whole
JOIN amounts p ON p.id = s.part
WHERE s.axis = 'row'
GROUP BY w.filing, w.id, w.source, w.amount, w.title, w.label, w.heading, w.unit, w.quantum, s.partition
HAVING abs(w.amount - sum(p.amount)) > count(*) * greatest(w.quantum, max(p.quantum)) + 0.000001

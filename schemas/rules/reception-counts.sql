-- kind: 8
-- severity: should
-- promise-zh: 公务接待的人次不少于批次。
-- promise-en: There are no fewer people than receptions.
-- zh: 公务接待 {batches} 批次、{found} 人次，人次少于批次
-- en: {batches} receptions for {found} people: fewer people than receptions
SELECT p.filing, 'statements' AS resource, p.id AS row_key, p.source, b.source AS other_source, b.value::INTEGER AS expected, p.value::INTEGER AS found,
  (p.value - b.value)::INTEGER AS difference, b.value::INTEGER AS batches
FROM told p
JOIN told b ON b.filing = p.filing AND b.year = p.year AND b.measure = 'count' AND p.measure = 'count'
  AND (p.subject, b.subject) IN (('reception-persons', 'reception-batches'), ('foreign-persons', 'foreign-batches'),
    ('overseas-persons', 'delegations'), ('training-persons', 'training-count'), ('meeting-persons', 'meeting-count'))
  AND p.position - b.position = 1
WHERE p.value < b.value

-- kind: 4
-- severity: must
-- promise-zh: 同一句的增减额与增减率方向一致。
-- promise-en: The change and the rate of one sentence go the same way.
-- zh: 文字说“{label}”{change_word} {change:size}，同一句的比率却说{word} {printed}%
-- en: The prose says {change:money} of change for “{label}” but a rate of {found}% in the other direction
SELECT r.filing, 'statements' AS resource, r.id AS row_key, r.source, c.source AS other_source, -r.value AS expected, r.value AS found,
  2 * r.value AS difference, c.label, c.word AS change_word, c.value AS change, r.word, r.printed, c.unit
FROM told r
JOIN LATERAL (
  SELECT c.value, c.word, c.source, c.label, c.unit FROM told c
  WHERE c.filing = r.filing AND c.measure = 'change' AND c.form = r.form AND c.direction = r.direction
    AND c.function = r.function AND c.economic = r.economic AND c.fund = r.fund AND c.nature = r.nature
    AND c.item = r.item AND c.project = r.project AND c.subject = r.subject AND c.basis = r.basis AND c.year = r.year
  ORDER BY c.position > r.position, abs(c.position - r.position), c.id LIMIT 1
) c ON true
WHERE r.measure = 'rate' AND r.value * c.value < 0

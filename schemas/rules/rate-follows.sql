-- kind: 4
-- severity: must
-- promise-zh: 文字所述的增减率等于增减额除以上年数。
-- promise-en: A stated rate is the change divided by last year's figure.
-- zh: 文字说“{word}”{printed}%，按所说的 {level:money} 和增减 {change:money} 推算应为 {expected}%
-- en: The prose says {word} by {printed}%; {level:money} after a change of {change:money} makes {expected}%
-- Where there was nothing the year before, a rate is 100% or is not told.
WITH checked AS (
  SELECT r.*, c.value AS change, r.level - c.value AS prior, coalesce(100.0 * c.value / nullif(r.level - c.value, 0), 100) AS computed,
    coalesce(100.0 * (c.quantum + abs(c.value / nullif(r.level - c.value, 0)) * (c.quantum + r.level_quantum)) / nullif(abs(r.level - c.value), 0), 0) AS slack
  FROM said_of r
  JOIN LATERAL (
    SELECT c.value, c.quantum FROM told c
    WHERE c.filing = r.filing AND c.measure = 'change' AND c.form = r.form AND c.direction = r.direction
      AND c.function = r.function AND c.economic = r.economic AND c.fund = r.fund AND c.nature = r.nature
      AND c.item = r.item AND c.project = r.project AND c.subject = r.subject AND c.basis = r.basis AND c.year = r.year
    ORDER BY c.position > r.position, abs(c.position - r.position), c.id LIMIT 1
  ) c ON true
  WHERE r.measure = 'rate' AND r.level IS NOT NULL AND (r.level - c.value > 0 OR (r.level = c.value AND r.value <> 0))
)
SELECT filing, 'statements' AS resource, id AS row_key, source, level_source AS other_source,
  round(computed, decimals(printed)::INTEGER) AS expected, value AS found,
  value - round(computed, decimals(printed)::INTEGER) AS difference, word, printed, level, change, '万元' AS unit
FROM checked
WHERE abs(value - computed) > power(10, -decimals(printed)) + slack

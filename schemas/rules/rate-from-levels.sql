-- kind: 4
-- severity: must
-- promise-zh: 文字所述的增减率由上年数与本年数得出。
-- promise-en: A stated rate follows from the figures of both years.
-- zh: 文字说“{label}”{word} {printed}%，按所说的上年 {prior:money} 与本年 {level:money} 推算应为 {expected}%
-- en: The prose says {label} {word} by {printed}%, but {prior:money} last year and {level:money} this year make {expected}%
-- Where the prose gives both years and no amount of change.
WITH nearest AS (
  SELECT r.id, p.value AS prior, p.quantum AS prior_quantum, p.source AS prior_source
  FROM told r
  JOIN LATERAL (
    SELECT p.value, p.quantum, p.source, p.position FROM told p
    WHERE p.filing = r.filing AND p.measure = 'level' AND p.year = r.year - 1 AND p.form = r.form AND p.direction = r.direction
      AND p.function = r.function AND p.economic = r.economic AND p.fund = r.fund AND p.nature = r.nature AND p.item = r.item
      AND p.project = r.project AND p.subject = r.subject AND abs(p.position - r.position) <= 6
      AND p.phase = CASE r.basis WHEN 'prior-year-execution' THEN 'executed' WHEN 'prior-year-budget' THEN 'approved' ELSE p.phase END
    ORDER BY abs(p.position - r.position), p.id LIMIT 1
  ) p ON true
  WHERE r.measure = 'rate' AND p.value > 0
), checked AS (
  SELECT r.*, n.prior, n.prior_source, s.value AS level, 100.0 * (s.value - n.prior) / n.prior AS computed,
    100.0 * (s.quantum + s.value / n.prior * n.prior_quantum) / n.prior AS slack
  FROM told r
  JOIN nearest n ON n.id = r.id
  JOIN told s ON s.filing = r.filing AND s.measure = 'level' AND s.year = r.year AND s.phase = r.phase AND s.form = r.form
    AND s.direction = r.direction AND s.function = r.function AND s.economic = r.economic AND s.fund = r.fund AND s.nature = r.nature
    AND s.item = r.item AND s.project = r.project AND s.subject = r.subject AND abs(s.position - r.position) <= 6
)
SELECT filing, 'statements' AS resource, id AS row_key, source, min(prior_source) AS other_source,
  round(arg_min(computed, (abs(value - computed), level)), decimals(printed)::INTEGER) AS expected, value AS found,
  value - round(arg_min(computed, (abs(value - computed), level)), decimals(printed)::INTEGER) AS difference, label, word, printed,
  min(prior) AS prior, arg_min(level, (abs(value - computed), level)) AS level, '万元' AS unit
FROM checked
GROUP BY filing, id, source, value, label, word, printed
HAVING min(abs(value - computed) - power(10, -decimals(printed)) - slack) > 0

-- kind: 4
-- severity: must
-- promise-zh: 上年数加增减额等于本年数。
-- promise-en: Last year's figure and the change make this year's.
-- zh: 文字说“{label}”上年为 {prior:money}、增减 {change:money}，则本年应为 {expected:money}，却为 {found:money}
-- en: The prose says {prior:money} of {label} last year and a change of {change:money}; that makes {expected:money}, not {found:money}
SELECT c.filing, 'statements' AS resource, c.id AS row_key, c.source, p.source AS other_source,
  p.value + c.value AS expected, c.level AS found, c.level - p.value - c.value AS difference,
  p.value AS prior, c.value AS change, c.label, c.unit
FROM said_of c
JOIN told p ON p.filing = c.filing AND p.measure = 'level' AND p.year = c.year - 1 AND p.form = c.form
  AND p.direction = c.direction AND p.function = c.function AND p.economic = c.economic AND p.fund = c.fund
  AND p.nature = c.nature AND p.item = c.item AND p.project = c.project AND p.subject = c.subject
  AND p.phase = CASE WHEN c.basis = 'prior-year-execution' THEN 'executed' ELSE p.phase END
WHERE c.measure = 'change' AND c.level IS NOT NULL
  AND abs(c.level - p.value - c.value) > 2 * greatest(c.quantum, p.quantum, c.level_quantum) + 0.000001

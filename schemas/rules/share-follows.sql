-- kind: 4
-- severity: must
-- promise-zh: 文字所述的占比等于部分除以整体。
-- promise-en: A stated share is the part divided by its whole.
-- zh: 文字说“{label}”{printed}%，按 {level:money} ÷ {whole:money} 应为 {expected}%
-- en: The prose says {printed}% of {label}; {level:money} of {whole:money} is {expected}%
WITH checked AS (
  SELECT s.*, w.amount AS whole, w.source AS whole_source, 100.0 * s.level / w.amount AS computed,
    100.0 * (s.level_quantum + s.level / w.amount * w.quantum) / w.amount AS slack
  FROM said_of s
  JOIN wholes w ON w.filing = s.filing AND w.whole = s.share_of AND w.year = s.year AND w.phase = s.phase
    AND w.direction IN (s.direction, CASE WHEN s.direction = '' THEN 'expenditure' ELSE s.direction END)
  WHERE s.measure = 'share' AND s.subject = '' AND w.amount > 0 AND s.level IS NOT NULL
)
SELECT filing, 'statements' AS resource, id AS row_key, source, level_source AS other_source,
  round(computed, decimals(printed)::INTEGER) AS expected, value AS found,
  value - round(computed, decimals(printed)::INTEGER) AS difference, label, printed, level, whole, '万元' AS unit
FROM checked
WHERE abs(value - computed) > power(10, -decimals(printed)) + slack

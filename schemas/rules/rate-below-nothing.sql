-- kind: 4
-- severity: must
-- promise-zh: 减少的比率不超过百分之百。
-- promise-en: No rate of decrease exceeds a hundred per cent.
-- zh: 文字说“{label}”{word} {printed}%，减少不会超过 100%
-- en: The prose says {label} {word} by {printed}%, but nothing falls by more than 100%
SELECT filing, 'statements' AS resource, id AS row_key, source, '' AS other_source, -100 AS expected, value AS found,
  value + 100 AS difference, label, word, printed
FROM told WHERE measure = 'rate' AND value < -100

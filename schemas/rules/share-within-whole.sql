-- kind: 4
-- severity: must
-- promise-zh: 占比不超过百分之百。
-- promise-en: No share exceeds a hundred per cent.
-- zh: 文字说“{label}”占比 {printed}%，一部分不会超过整体
-- en: The prose says {label} is {printed}% of a whole, but no part exceeds its whole
SELECT filing, 'statements' AS resource, id AS row_key, source, '' AS other_source, 100 AS expected, value AS found,
  value - 100 AS difference, label, printed
FROM told WHERE measure = 'share' AND subject NOT IN ('goal', 'reason', 'work', 'score') AND (value > 100 OR value < 0)

-- kind: 4
-- severity: must
-- promise-zh: 增加的金额不超过本年的金额。
-- promise-en: An increase is no more than what the year itself has.
-- zh: 文字说“{label}”{printed}{unit}，比本年的 {expected:money} 还多，上年不会小于零
-- en: The prose says an increase of {found:money}, more than the {expected:money} of this year itself; last year cannot have been below nothing
-- Of revenue and expenditure; what is carried over can be negative.
SELECT filing, 'statements' AS resource, id AS row_key, source, level_source AS other_source, level AS expected, value AS found,
  value - level AS difference, label, printed, unit
FROM said_of
WHERE measure = 'change' AND subject = '' AND value > 0 AND level >= 0 AND item NOT IN ('opening-balance', 'closing-balance', 'distribution')
  AND value > level + quantum + level_quantum + 0.000001

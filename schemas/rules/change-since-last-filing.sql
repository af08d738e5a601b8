-- kind: 10
-- severity: should
-- promise-zh: 文字所述的增减与上年公开的数字相符。
-- promise-en: A change that the prose states agrees with what was disclosed last year.
-- zh: 文字说“{label}”{word} {change:size}，则上年为 {found:money}；上年公开的《{title}》为 {expected:money}，相差 {difference:money}
-- en: The prose says a change of {change:money} for “{label}”, which makes {found:money} last year; table {title} disclosed last year has {expected:money}, off by {difference:money}
-- Against last year's budget. 比上年 without a phase may mean last year's execution: then only where most comparisons of the filing
-- are with the budget. A “change” that is last year's very amount is that amount.
WITH compared AS (
  SELECT filing, id, source, label, word, value AS change, unit, basis, level - value AS prior,
    arg_min(before_source, (abs(before - level + value), before_source)) AS other_source, arg_min(before, (abs(before - level + value), before_source)) AS amount,
    arg_min(before_title, (abs(before - level + value), before_source)) AS title, greatest(quantum, level_quantum, max(before_quantum)) AS quantum
  FROM compared_with_last
  WHERE basis IN ('prior-year', 'prior-year-budget') AND value <> 0
  GROUP BY filing, id, source, label, word, value, unit, basis, level, quantum, level_quantum
), judged AS (
  SELECT *, abs(prior - amount) <= 2 * quantum + 0.000001 AS same FROM compared WHERE abs(abs(change) - amount) > quantum
), habit AS (
  SELECT filing, count(*) FILTER (same) AS same, count(*) AS comparisons FROM judged WHERE basis = 'prior-year' GROUP BY filing
)
SELECT j.filing, 'statements' AS resource, j.id AS row_key, j.source, j.other_source, j.amount AS expected, j.prior AS found,
  j.prior - j.amount AS difference, j.label, j.word, j.change, j.title, j.unit
FROM judged j LEFT JOIN habit h ON h.filing = j.filing
WHERE NOT j.same AND (j.basis = 'prior-year-budget' OR (h.comparisons >= 4 AND h.same >= 0.5 * h.comparisons))

-- kind: 10
-- severity: should
-- promise-zh: 文字说与上年持平的金额等于上年公开的金额。
-- promise-en: An amount said to be the same as last year is what was disclosed last year.
-- zh: 文字说“{label}”与上年{word}，本年为 {found:money}，上年公开的《{title}》却为 {expected:money}
-- en: The prose says “{label}” is the same as last year, {found:money}, but table {title} disclosed last year has {expected:money}
SELECT filing, 'statements' AS resource, id AS row_key, source, arg_min(before_source, (abs(before - level), before_source)) AS other_source,
  arg_min(before, (abs(before - level), before_source)) AS expected, level AS found, level - arg_min(before, (abs(before - level), before_source)) AS difference,
  label, word, arg_min(before_title, (abs(before - level), before_source)) AS title, unit
FROM compared_with_last
WHERE value = 0 AND basis IN ('prior-year', 'prior-year-budget') AND regexp_matches(word, '持平|一致|相同|相等|不变|无变化')
GROUP BY filing, id, source, level, label, word, unit, level_quantum
HAVING NOT bool_or(same_amount(level, level_quantum, before, before_quantum))

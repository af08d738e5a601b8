-- kind: 4
-- severity: must
-- promise-zh: 文字所说的增加、减少或持平与同一句的数字一致。
-- promise-en: A word of direction agrees with the figure beside it.
-- zh: 文字说“{label}”{word}，同一句的{expected_word}却是 {printed}
-- en: The prose says “{label} {word}”, yet the figure beside it says {found} ({printed})
-- A word of direction and the sign of its own figure: 持平 or 一致 with a change, 增加 with a figure printed as negative.
SELECT filing, 'statements' AS resource, id AS row_key, source, '' AS other_source, 0 AS expected, value AS found,
  value AS difference, label, word, printed, CASE measure WHEN 'rate' THEN '比率' ELSE '增减额' END AS expected_word
FROM told
WHERE measure IN ('change', 'rate') AND value <> 0
  AND (regexp_matches(word, '^(持平|一致|保持一致|相同|相等|不变|无变化|没有变化)$')
    OR (regexp_matches(folded(printed), '^-') AND regexp_matches(word, '^(增加|增长|提高|上升|减少|下降|降低)$')))

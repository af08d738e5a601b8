-- kind: 11
-- severity: should
-- promise-zh: 模板中“增加（减少）”一类的选择已经选定。
-- promise-en: A choice that the template offers, such as “increase (decrease)”, has been made.
-- zh: 模板的选择没有定：“{word}” {printed}{unit}
-- en: A choice of the template was left open: “{word}” {printed}{unit}
-- 增加（减少） beside nothing changed is only worth a look.
SELECT filing, 'statements' AS resource, id AS row_key, source, '' AS other_source, '' AS expected, word AS found, '' AS difference, word, printed,
  unit, CASE WHEN value = 0 THEN 'info' ELSE 'should' END AS severity
FROM told
WHERE regexp_matches(folded(word), '(增加|增长|上升|提高|减少|下降|降低)[(/或](增加|增长|上升|提高|减少|下降|降低)')

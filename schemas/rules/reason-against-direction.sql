-- kind: 4
-- severity: should
-- promise-zh: 文字给出的原因与增减的方向一致。
-- promise-en: The reason given for a change goes the same way as the change.
-- zh: 文字说{word}，给出的原因却是“{reason}”
-- en: The prose says {word}, but the reason it gives points the other way: “{reason}”
-- Only where the reason names the money itself going the other way, and nothing in it goes the same way.
SELECT c.filing, 'statements' AS resource, min(c.id) AS row_key, min(c.source) AS source, '' AS other_source, '' AS expected,
  arg_min(c.word, c.id) AS found, '' AS difference, arg_min(c.word, c.id) AS word, c.reason
FROM told c
WHERE c.measure IN ('change', 'rate') AND c.reason <> '' AND c.value <> 0
  AND NOT regexp_matches(c.reason, '因素|增减|调剂|相抵|但|同时|不同|调整')
  AND CASE WHEN c.value < 0
    THEN regexp_matches(c.reason, '(经费|支出|费用|预算|拨款|收入|投入|标准|费)(有所|相应)?(增加|增长|提高)了?$|增加了?(该|此|这)项(支出|经费|收入|费用)')
      AND NOT regexp_matches(c.reason, '减|降|压|缩|少|节约|取消|调出|划转|完成|结束|一次性|未')
    ELSE regexp_matches(c.reason, '(经费|支出|费用|预算|拨款|收入|投入|标准|费)(有所|相应)?(减少|下降|降低|压减|压缩)了?$|(减少|压减|压缩)了?(该|此|这)项(支出|经费|收入|费用)')
      AND NOT regexp_matches(c.reason, '增|升|提高|新|扩|上调|调入|补')
    END
GROUP BY c.filing, c.reason, c.form, c.function, c.item, c.nature, c.fund, c.economic, sign(c.value)

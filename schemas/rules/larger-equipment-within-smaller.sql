-- kind: 8
-- severity: must
-- promise-zh: 单价 100 万元以上的设备不多于 50 万元以上的设备。
-- promise-en: Equipment worth over a million yuan is no more than that worth over half a million.
-- zh: 单价 100 万元以上的设备 {found} 台（套），多于 50 万元以上的 {expected} 台（套）
-- en: {found} pieces of equipment are worth over CNY 1,000,000, more than the {expected} worth over 500,000
-- 通用 and 专用 equipment are counted apart: neither holds the other.
SELECT b.filing, 'statements' AS resource, b.id AS row_key, b.source, s.source AS other_source, s.value::INTEGER AS expected, b.value::INTEGER AS found,
  (b.value - s.value)::INTEGER AS difference
FROM told b
JOIN told s ON s.filing = b.filing AND s.measure = 'count' AND b.measure = 'count' AND s.as_of IS NOT DISTINCT FROM b.as_of
  AND (b.subject, s.subject) IN (('equipment-1m', 'equipment-500k'), ('equipment-1m-planned', 'equipment-500k-planned'))
WHERE b.value > s.value AND contains(s.label, '以上') AND NOT contains(folded(s.label), '100万')
  AND NOT regexp_matches(s.label || b.label, '通用|专用')

-- kind: 5
-- severity: must
-- promise-zh: 房屋的价值与面积相称，每平方米的价值合乎常理。
-- promise-en: The value of buildings fits their area: the price of a square metre is plausible.
-- zh: 房屋 {area} 平方米，价值 {found:money}，每平方米合 {expected} 元，金额单位有误
-- en: Buildings of {area} m² are worth {found:money}, that is {expected} yuan a square metre: the unit of money is wrong
SELECT v.filing, 'statements' AS resource, v.id AS row_key, v.source, a.source AS other_source, round(v.value / a.value, 2) AS expected,
  v.value AS found, '' AS difference, a.printed AS area, v.unit
FROM told v
JOIN told a ON a.filing = v.filing AND a.subject = v.subject AND a.measure = 'count' AND a.value > 0 AND abs(a.position - v.position) <= 2
WHERE v.subject = 'buildings' AND v.measure = 'level' AND v.value > 0 AND (v.value / a.value > 1000000 OR v.value / a.value < 1)

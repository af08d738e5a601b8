-- kind: 5
-- severity: should
-- promise-zh: 车辆的价值与数量相称，每辆的价值合乎常理。
-- promise-en: The value of vehicles fits their number: the price of one is plausible.
-- zh: 车辆 {count} 辆，价值 {found:money}，平均每辆 {expected} 元，金额单位可能有误
-- en: {count} vehicles are worth {found:money}, that is {expected} yuan each; the unit of money may be wrong
SELECT v.filing, 'statements' AS resource, v.id AS row_key, v.source, a.source AS other_source, round(v.value / a.value, 2) AS expected,
  v.value AS found, '' AS difference, a.printed AS count, v.unit
FROM told v
JOIN told a ON a.filing = v.filing AND a.subject = v.subject AND a.measure = 'count' AND a.value > 0 AND abs(a.position - v.position) <= 2
WHERE v.subject = 'vehicles' AND v.measure = 'level' AND v.value > 0 AND (v.value / a.value > 10000000 OR v.value / a.value < 2000)

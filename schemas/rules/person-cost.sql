-- kind: 5
-- severity: should
-- promise-zh: 人员经费与实有人数相称，人均合乎常理。
-- promise-en: Personnel costs fit the headcount: the cost a person is plausible.
-- zh: 人员经费 {found:money}，实有 {people} 人，人均 {expected} 元，金额单位或人数可能有误
-- en: Personnel costs {found:money} for {people} people, that is {expected} yuan each; the unit of money or the number may be wrong
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, h.source AS other_source, round(a.amount / h.value, 2) AS expected,
  a.amount AS found, '' AS difference, h.printed AS people, a.unit
FROM amounts a
JOIN told h ON h.filing = a.filing AND h.subject = 'headcount-active' AND h.measure = 'count' AND h.value >= 3
WHERE a.form IN ('general-basic', 'appropriation-basic') AND a.nature = 'personnel' AND a.economic = '' AND a.role IN ('total', 'subtotal') AND a.own
  AND a.amount > 0 AND (a.amount / h.value > 5000000 OR a.amount / h.value < 3000)
QUALIFY row_number() OVER (PARTITION BY a.filing ORDER BY a.position, a.id, h.id) = 1

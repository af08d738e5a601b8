-- kind: 9
-- severity: must
-- promise-zh: 指标的得分不高于它的分值。
-- promise-en: No indicator scores more than its weight.
-- zh: 指标“{level3}”得分 {found}，高于分值 {expected}
-- en: The indicator {level3} scores {found}, more than its weight of {expected}
SELECT filing, 'indicators' AS resource, id AS row_key, source, '' AS other_source, weight AS expected, score AS found,
  score - weight AS difference, level3
FROM indicators WHERE score > weight + 0.005

-- kind: 9
-- severity: must
-- zh: 指标“{level3}”得分 {found}，高于分值 {expected}
-- en: The indicator {level3} scores {found}, more than its weight of {expected}
SELECT filing, 'indicators' AS resource, id AS row_key, source, '' AS other_source, weight AS expected, score AS found,
  score - weight AS difference, level3
FROM indicators WHERE score > weight + 0.005

-- kind: 9
-- severity: should
-- promise-zh: 合格率、满意度一类的目标不超过百分之百。
-- promise-en: A target for a ratio such as a pass rate or satisfaction does not exceed a hundred per cent.
-- zh: 指标“{level3}”的目标是 {found}%，这类比率不会超过 100%
-- en: The indicator {level3} aims at {found}%, but such a ratio cannot exceed 100%
SELECT filing, 'indicators' AS resource, id AS row_key, source, '' AS other_source, 100 AS expected, value AS found, value - 100 AS difference, level3
FROM indicators
WHERE kind = 'ratio' AND value > 100 AND regexp_matches(level3, '满意|合格|覆盖|及时|准确|达标|办结|完成率|采购率|送达率|整改|结案|知晓|参与率|到位率')

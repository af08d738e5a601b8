-- kind: 9
-- severity: should
-- promise-zh: 指标的目标值与指标所衡量的事项是同一类。
-- promise-en: The target of an indicator is of the kind that the indicator measures.
-- zh: 指标“{level3}”说的是{wants}，目标值却是“{found}”
-- en: The indicator {level3} counts something, but its target is “{found}”
SELECT filing, 'indicators' AS resource, id AS row_key, source, '' AS other_source, '' AS expected, target AS found, '' AS difference, level3,
  CASE WHEN regexp_matches(level3, '率(\(%\)|（%）)?$') THEN '比率' ELSE '数量' END AS wants
FROM indicators
WHERE (regexp_matches(level3, '(次数|人数|人次|数量|件数|份数|期数|批次|户数)([(（].{1,4}[)）])?$') AND kind IN ('period', 'deadline', 'ratio'))
  OR (regexp_matches(level3, '(合格|满意|覆盖|完成|准确|及时|达标|采购|办结|结案)率([(（]%[)）])?$') AND kind IN ('period', 'deadline', 'amount'))

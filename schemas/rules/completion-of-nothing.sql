-- kind: 4
-- severity: should
-- promise-zh: 说完成了预算的百分之几时，该预算不为零。
-- promise-en: Where a part of a budget is said to be carried out, that budget is not nothing.
-- zh: 文字说完成{basis_name}的 {printed}%，同一处的{basis_name}却是 0
-- en: The prose says {printed}% of the {basis_name_en} was carried out, but that budget is said to be 0
SELECT r.filing, 'statements' AS resource, r.id AS row_key, r.source, min(b.source) AS other_source, 0 AS expected, r.value AS found,
  '' AS difference, r.printed, CASE r.basis WHEN 'adjusted-budget' THEN '全年预算' ELSE '年初预算' END AS basis_name,
  CASE r.basis WHEN 'adjusted-budget' THEN 'adjusted budget' ELSE 'initial budget' END AS basis_name_en
FROM said_of r
JOIN told b ON b.filing = r.filing AND b.measure = 'level' AND b.form = r.form AND b.direction = r.direction
  AND b.function = r.function AND b.economic = r.economic AND b.fund = r.fund AND b.nature = r.nature
  AND b.item = r.item AND b.project = r.project AND b.subject = r.subject AND b.year = r.year AND abs(b.position - r.position) <= 4
  AND b.phase = CASE r.basis WHEN 'adjusted-budget' THEN 'adjusted' ELSE 'approved' END
WHERE r.measure = 'completion' AND r.value > 0 AND r.level > 0
GROUP BY r.filing, r.id, r.source, r.value, r.printed, r.basis
HAVING max(b.value) = 0

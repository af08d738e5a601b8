-- kind: 9
-- severity: should
-- promise-zh: 二级指标列在标准体系中它所属的一级指标之下。
-- promise-en: A second-level indicator stands under the first level that the standard gives it.
-- zh: 指标“{level3}”的二级“{level2}”列在一级“{level1}”之下，标准体系中它属于“{expected}”
-- en: The indicator {level3} stands as {level2} under {level1}, but the standard has it under {expected}
-- Names that the standard levels of the year do not hold are left alone.
SELECT i.filing, 'indicators' AS resource, i.id AS row_key, i.source, '' AS other_source, p.name AS expected, i.level1 AS found, '' AS difference,
  i.level1, i.level2, i.level3
FROM indicators i
JOIN indicator_levels s ON s.id = i.level2_standard
JOIN indicator_levels p ON p.id = s.parent
LEFT JOIN (VALUES ('产出', 'output'), ('完成', 'output'), ('效益', 'benefit'), ('效果', 'benefit'), ('满意', 'satisfaction'), ('成本', 'cost')) AS k(word, level)
  ON contains(i.level1, k.word)
WHERE k.level IS NOT NULL AND s.parent <> ''
GROUP BY i.filing, i.id, i.source, p.name, p.id, i.level1, i.level2, i.level3
HAVING NOT bool_or(k.level = p.id) AND NOT (p.id = 'satisfaction' AND contains(i.level1, '效'))

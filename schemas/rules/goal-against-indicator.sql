-- kind: 9
-- severity: should
-- promise-zh: 总体目标中的数字与相应指标的目标值一致。
-- promise-en: A figure of the overall goal agrees with the target of its indicator.
-- zh: 总体目标说“{label}{printed}{unit}{word}”，指标“{level3}”的目标却是“{expected}”
-- en: The goal says {printed}{unit} of {label}, but the indicator {level3} aims at {expected}
-- A goal of at least so much is met by more. A goal and the indicator that is most like it, of the same project and kind.
WITH goals AS (
  SELECT s.*, regexp_replace(folded(s.label), '全年|预计|不少于|至少|达到|达|以上|工作|力争|年底|年内|开展|组织|实现|次数|为$', '', 'g') AS about
  FROM told s WHERE s.subject = 'goal' AND s.project <> ''
), pairs AS (
  SELECT g.id AS goal, i.id, i.level3, i.target, i.value, i.source, i.unit AS target_unit,
    greatest(alike(g.about, regexp_replace(folded(i.level3), '\([^()]*\)|次数|数量|人次|人数|工作', '', 'g')),
      0.8 * letters_alike(g.about, folded(i.level3))) AS likeness
  FROM goals g
  JOIN indicators i ON i.filing = g.filing AND i.project = g.project AND i.value IS NOT NULL
    AND ((g.measure = 'share' AND i.kind = 'ratio') OR (g.measure = 'count' AND i.kind = 'count'
      AND (i.unit IN ('', g.unit) OR replace(g.unit, '万', '') = i.unit)))
)
SELECT g.filing, 'statements' AS resource, g.id AS row_key, g.source, p.source AS other_source, p.target AS expected, g.value AS found,
  g.value - p.value AS difference, g.label, g.word, g.printed, g.unit, p.level3
FROM goals g
JOIN (SELECT * FROM pairs QUALIFY row_number() OVER (PARTITION BY goal ORDER BY likeness DESC, id) = 1
  AND likeness - coalesce(lead(likeness) OVER (PARTITION BY goal ORDER BY likeness DESC, id), 0) > 0.05) p ON p.goal = g.id
WHERE p.likeness >= 0.6 AND p.value <> g.value AND NOT regexp_matches(g.label, '每(季度|月|年|周|个)')
  AND NOT (regexp_matches(g.word, '以上|不少于|不低于|至少|大于|超过') AND p.value > g.value)
  AND NOT (regexp_matches(g.word, '以下|以内|不超过|不高于|小于') AND p.value < g.value)
  -- Another indicator with the very number, and a like name, is the one meant.
  AND NOT EXISTS (SELECT 1 FROM indicators i WHERE i.filing = g.filing AND i.project = g.project AND i.value = g.value
    AND letters_alike(g.about, folded(i.level3)) >= 0.6)

-- kind: 3
-- severity: must
-- zh: 文字“{label}”说 {printed}{unit}（{found} 元），《{title}》为 {expected} 元
-- en: The prose says {printed}{unit} of {label} ({found} yuan), table {title} says {expected}
WITH candidates AS (
  SELECT s.id AS statement, s.quantum AS s_quantum, s.own_quantum, l.*
  FROM told s
  JOIN amounts l ON l.filing = s.filing AND l.form = s.form AND l.year = s.year AND l.phase = s.phase
    AND (s.direction = '' OR l.direction = '' OR l.direction = s.direction)
    AND l.function = s.function AND l.economic = s.economic AND l.item IN (s.item, CASE WHEN s.item = 'three-public' THEN '' ELSE s.item END)
    AND l.project = s.project AND l.row_unit = ''
    AND (l.nature = s.nature OR (s.nature = '' AND l.nature IN ('basic', 'project') AND l.role = 'total' AND l.form IN ('general-basic', 'appropriation-basic')))
    AND (s.fund = '' OR l.fund = s.fund OR (s.fund = 'appropriation' AND l.fund = 'general' AND l.form IN ('three-public', 'agency-operating'))
      OR (l.fund = '' AND l.form IN ('three-public', 'agency-operating', 'procurement')))
  WHERE s.measure = 'level' AND s.subject = '' AND s.form <> '' AND s.role <> ''
), best AS (
  SELECT c.statement, bool_or(same_amount(s.value, s.own_quantum, c.amount, c.own_quantum) OR same_amount(s.value, s.quantum, c.amount, c.quantum)) AS told_right,
    arg_min(c.amount, abs(c.amount - s.value)) AS expected, arg_min(c.id, abs(c.amount - s.value)) AS line_item
  FROM candidates c JOIN told s ON s.id = c.statement
  GROUP BY c.statement
)
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, l.source AS other_source,
  b.expected, s.value AS found, s.value - b.expected AS difference, s.label, s.printed, s.unit, t.title
FROM best b
JOIN told s ON s.id = b.statement
JOIN line_items l ON l.id = b.line_item
JOIN tables t ON t.id = l.table_id
WHERE NOT b.told_right

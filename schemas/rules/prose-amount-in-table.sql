-- kind: 3
-- severity: must
-- promise-zh: 文字所述的金额与表中相同。
-- promise-en: An amount that the prose tells is that of the table.
-- zh: 文字说“{label}”{printed}{unit_told}，《{title}》为 {expected:money}，相差 {difference:money}
-- en: The prose says {found:money} of “{label}”, table {title} says {expected:money}, off by {difference:money}
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, arg_min(c.source, (abs(c.amount - s.value), c.line_item)) AS other_source,
  arg_min(c.amount, (abs(c.amount - s.value), c.line_item)) AS expected, s.value AS found,
  s.value - arg_min(c.amount, (abs(c.amount - s.value), c.line_item)) AS difference, s.label, s.printed, s.unit AS unit_told,
  arg_min(c.title, (abs(c.amount - s.value), c.line_item)) AS title, s.unit
FROM told_in_tables c
JOIN told s ON s.id = c.statement
GROUP BY s.filing, s.id, s.source, s.value, s.label, s.printed, s.unit
HAVING NOT bool_or(c.same) AND NOT bool_or(unit_slip(c.amount, s.value))

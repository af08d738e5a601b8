-- kind: 5
-- severity: must
-- promise-zh: 文字所写的金额单位与表中的数额相符。
-- promise-en: The unit of money in the prose fits the amount of the table.
-- zh: 文字说“{label}”{printed}{unit_told}，《{title}》为 {expected:money}，金额单位有误
-- en: The prose says {printed}{unit_told} of “{label}”, table {title} has {expected:money}: the unit of money is wrong
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, arg_min(c.source, (NOT unit_slip(s.value, c.amount), c.source)) AS other_source,
  arg_min(c.amount, (NOT unit_slip(s.value, c.amount), c.source)) AS expected, s.value AS found, s.value - arg_min(c.amount, (NOT unit_slip(s.value, c.amount), c.source)) AS difference, s.label, s.printed, s.unit AS unit_told,
  arg_min(c.title, (NOT unit_slip(s.value, c.amount), c.source)) AS title, s.unit
FROM told s
JOIN (
  SELECT statement, amount, source, title FROM told_in_tables
  UNION ALL
  SELECT s.id, l.amount, l.source, l.title FROM told s
  JOIN amounts l ON l.filing = s.filing AND l.year = s.year AND l.phase = s.phase AND l.function = s.function AND l.item = ''
    AND l.project = '' AND l.row_unit = '' AND l.economic = ''
  WHERE s.measure = 'level' AND s.function <> '' AND s.economic = '' AND s.item = '' AND s.project = ''
) c ON c.statement = s.id
GROUP BY s.filing, s.id, s.source, s.value, s.label, s.printed, s.unit, s.quantum, s.own_quantum
HAVING bool_or(unit_slip(s.value, c.amount)) AND NOT bool_or(same_amount(s.value, s.quantum, c.amount, 0) OR rounded_amount(s.value, s.own_quantum, c.amount))

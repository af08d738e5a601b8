-- kind: 3
-- severity: must
-- promise-zh: 文字所述功能科目的金额见于表中该科目。
-- promise-en: An amount that the prose tells of a function is one the tables have for it.
-- zh: 文字说“{label}”{printed}{unit_told}，各表中 {function} 都没有这一金额，最近的是《{title}》{expected:money}
-- en: The prose says {found:money} of “{label}”; no table has that amount for {function}, the nearest is {expected:money} in table {title}
-- An amount told of a function, whatever section of the prose tells it.
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, arg_min(l.source, (abs(l.amount - s.value), l.id)) AS other_source,
  arg_min(l.amount, (abs(l.amount - s.value), l.id)) AS expected, s.value AS found,
  s.value - arg_min(l.amount, (abs(l.amount - s.value), l.id)) AS difference, s.label, s.printed, s.unit AS unit_told, s.function,
  arg_min(l.title, (abs(l.amount - s.value), l.id)) AS title, s.unit
FROM told s
JOIN amounts l ON l.filing = s.filing AND l.year = s.year AND l.phase = s.phase AND l.function = s.function AND l.item = ''
  AND l.project = '' AND l.row_unit = '' AND l.economic = '' AND (s.nature = '' OR l.nature = s.nature OR l.nature = '')
WHERE s.measure = 'level' AND s.subject = '' AND s.function <> '' AND s.project = '' AND s.economic = '' AND s.item = ''
  AND (length(s.function) >= 7 OR NOT regexp_matches(s.label, '[-—－]|款|项|原因|上年'))
  AND s.id NOT IN (SELECT statement FROM told_in_tables)
GROUP BY s.filing, s.id, s.source, s.value, s.label, s.printed, s.unit, s.function
HAVING NOT bool_or(same_amount(s.value, s.quantum, l.amount, l.quantum) OR rounded_amount(s.value, s.own_quantum, l.amount))
  AND NOT bool_or(unit_slip(s.value, l.amount))

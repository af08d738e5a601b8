-- kind: 10
-- severity: should
-- promise-zh: 文字所述上年的金额等于上年公开的金额。
-- promise-en: An amount that the prose tells of an earlier year is what was disclosed for it.
-- zh: 文字说{year}年“{label}”为 {found:money}，{earlier_year}年公开的《{title}》为 {expected:money}，相差 {difference:money}
-- en: The prose says {found:money} of “{label}” for {year}, but table {title} disclosed for {earlier_year} has {expected:money}, off by {difference:money}
-- A figure that is the difference of both years is a change. Of the same phase: a budget against the budget, an execution against the final account.
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, arg_min(b.source, (abs(b.amount - s.value), b.source)) AS other_source,
  arg_min(b.amount, (abs(b.amount - s.value), b.source)) AS expected, s.value AS found, s.value - arg_min(b.amount, (abs(b.amount - s.value), b.source)) AS difference,
  s.year, s.label, arg_min(b.title, (abs(b.amount - s.value), b.source)) AS title, arg_min(b.year, (abs(b.amount - s.value), b.source)) AS earlier_year, s.unit
FROM told s
JOIN amounts_before b ON b.filing = s.filing AND b.year = s.year AND b.phase = s.phase
  AND (b.form = s.form OR (s.form = '' AND s.function <> ''))
  AND (s.direction = '' OR b.direction = s.direction) AND b.function = s.function AND b.economic = s.economic
  AND b.item IN (s.item, CASE WHEN s.item = 'three-public' THEN '' ELSE s.item END) AND b.project = s.project AND b.row_unit = ''
  AND b.nature = s.nature AND (s.fund = '' OR b.fund IN (s.fund, '') OR (s.fund = 'appropriation' AND b.fund = 'general'))
WHERE NOT EXISTS (
    SELECT 1 FROM amounts a WHERE a.filing = s.filing AND a.own AND a.form = b.form AND a.function = b.function AND a.economic = b.economic
      AND a.item = b.item AND a.nature = b.nature AND a.fund = b.fund AND a.direction = b.direction AND a.project = b.project
      AND abs(abs(a.amount - b.amount) - s.value) <= 2 * s.quantum)
  AND NOT s.own AND s.measure = 'level' AND s.subject = '' AND s.form || s.function <> ''
GROUP BY s.filing, s.id, s.source, s.value, s.year, s.label, s.unit, s.quantum, s.own_quantum
HAVING NOT bool_or(same_amount(s.value, s.quantum, b.amount, b.quantum) OR rounded_amount(s.value, s.own_quantum, b.amount))

-- kind: 10
-- severity: should
-- promise-zh: 表中所列上年的数等于当年公开的数。
-- promise-en: A figure printed for an earlier year is what was disclosed for that year.
-- zh: 《{title}》“{label}”所列 {year} 年的数为 {found:money}，当年公开的《{other}》为 {expected:money}，相差 {difference:money}
-- en: Table {title} shows {found:money} of {label} for {year}, but table {other} disclosed for that year has {expected:money}, off by {difference:money}
-- Columns of another year or phase: last year's figures, or the budget beside a final account.
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, arg_min(b.source, (abs(b.amount - a.amount), b.source)) AS other_source,
  arg_min(b.amount, (abs(b.amount - a.amount), b.source)) AS expected, a.amount AS found, a.amount - arg_min(b.amount, (abs(b.amount - a.amount), b.source)) AS difference,
  a.title, a.label, a.year, arg_min(b.title, (abs(b.amount - a.amount), b.source)) AS other, a.unit
FROM amounts a
JOIN amounts_before b ON b.filing = a.filing AND b.year = a.year AND b.phase = a.phase AND b.form = a.form AND b.direction = a.direction
  AND b.function = a.function AND b.economic = a.economic AND (b.fund = a.fund OR b.fund = '' OR a.fund = '') AND b.nature = a.nature AND b.item = a.item
  AND b.project = a.project AND b.row_unit = a.row_unit
WHERE NOT a.own AND a.phase <> 'adjusted'
GROUP BY a.filing, a.id, a.source, a.amount, a.quantum, a.title, a.label, a.year, a.unit
HAVING NOT bool_or(same_amount(a.amount, a.quantum, b.amount, b.quantum))

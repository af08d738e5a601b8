-- kind: 2
-- severity: must
-- promise-zh: 全部支出由同一资金安排时，各支出表的每一行相同。
-- promise-en: Where one fund pays for everything, the expenditure tables are alike row by row.
-- zh: 全部支出都由同一资金安排，{function} {label}{nature_name}在《{title}》为 {found:money}，在《{other}》却为 {expected:money}
-- en: All expenditure is paid from one fund, yet {function} {label} is {found:money} in table {title} and {expected:money} in table {other}
-- Where the totals of two expenditure tables of different scope are equal, each of their rows is.
WITH alike AS (
  SELECT a.table_id AS mine, b.table_id AS theirs, a.year, a.phase
  FROM totals a
  JOIN totals b ON b.filing = a.filing AND b.year = a.year AND b.phase = a.phase AND b.nature = '' AND b.direction = 'expenditure'
  WHERE a.nature = '' AND a.direction = 'expenditure' AND same_amount(a.amount, a.quantum, b.amount, b.quantum)
    AND (a.form, b.form) IN (('general-expenditure', 'expenditure'), ('general-expenditure', 'appropriation-expenditure'),
      ('appropriation-expenditure', 'expenditure'))
)
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, b.source AS other_source,
  b.amount AS expected, a.amount AS found, a.amount - b.amount AS difference, a.function, a.label, a.unit, a.title,
  b.title AS other, coalesce(n.name, '') AS nature_name
FROM alike
JOIN amounts a ON a.table_id = alike.mine AND a.year = alike.year AND a.phase = alike.phase AND a.function <> ''
JOIN amounts b ON b.table_id = alike.theirs AND b.year = alike.year AND b.phase = alike.phase AND b.function = a.function
  AND b.nature = a.nature AND b.project = a.project AND b.economic = a.economic AND b.row_unit = a.row_unit
LEFT JOIN natures n ON n.id = a.nature
WHERE abs(a.amount - b.amount) > 2 * greatest(a.quantum, b.quantum) + 0.000001

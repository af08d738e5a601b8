-- kind: 2
-- severity: must
-- promise-zh: 基本支出、项目支出等在各表中相同。
-- promise-en: Basic, project and other expenditure are the same in every table.
-- zh: {nature_name}在《{title}》为 {found:money}，在《{other}》为 {expected:money}，相差 {difference:money}
-- en: {nature_name_en} is {found:money} in table {title} but {expected:money} in table {other}, off by {difference:money}
-- Basic, project and other natures of all expenditure stand in the balance and in the expenditure table.
WITH whole AS (
  SELECT filing, year, phase, form, nature, table_id, arg_max(id, (amount, id)) AS id, arg_max(source, (amount, id)) AS source,
    max(amount) AS amount, max(quantum) AS quantum, min(title) AS title, min(unit) AS unit
  FROM amounts
  WHERE form IN ('balance', 'expenditure') AND direction = 'expenditure' AND nature <> '' AND function = '' AND item = ''
    AND project = '' AND row_unit = ''
  GROUP BY ALL
)
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, b.source AS other_source,
  b.amount AS expected, a.amount AS found, a.amount - b.amount AS difference, a.title, b.title AS other, a.unit,
  n.name AS nature_name, n.name_en AS nature_name_en
FROM whole a
JOIN whole b ON b.filing = a.filing AND b.year = a.year AND b.phase = a.phase AND b.nature = a.nature AND b.form = 'balance'
JOIN natures n ON n.id = a.nature
WHERE a.form = 'expenditure' AND NOT same_amount(a.amount, a.quantum, b.amount, b.quantum) AND NOT unit_slip(a.amount, b.amount)

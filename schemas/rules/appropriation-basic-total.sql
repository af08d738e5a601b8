-- kind: 2
-- severity: must
-- promise-zh: 财政拨款基本支出表的合计等于其他表中财政拨款的基本支出。
-- promise-en: The table of basic expenditure from appropriations totals what other tables show as such.
-- zh: 《{title}》合计 {found:money}，《{other}》的基本支出为 {expected:money}，相差 {difference:money}
-- en: Table {title} totals {found:money}, but table {other} shows basic expenditure of {expected:money}, off by {difference:money}
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, b.source AS other_source,
  b.amount AS expected, a.amount AS found, a.amount - b.amount AS difference, a.title, b.title AS other, a.unit
FROM totals a
JOIN amounts b ON b.filing = a.filing AND b.year = a.year AND b.phase = a.phase
  AND b.form IN ('appropriation-balance', 'appropriation-expenditure') AND b.direction = 'expenditure' AND b.nature = 'basic'
  AND b.function = '' AND b.fund IN ('', 'appropriation') AND b.project = '' AND b.row_unit = ''
WHERE a.form = 'appropriation-basic' AND a.nature = 'basic'
  AND NOT same_amount(a.amount, a.quantum, b.amount, b.quantum) AND NOT unit_slip(a.amount, b.amount)

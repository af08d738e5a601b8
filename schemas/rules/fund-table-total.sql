-- kind: 2
-- severity: must
-- promise-zh: 政府性基金或国有资本经营预算支出表的合计等于财政拨款收支总表中的该项支出。
-- promise-en: The table of a fund's expenditure totals what the appropriation balance shows of that fund.
-- zh: 《{title}》合计 {found:money}，《{other}》的{fund_name}支出为 {expected:money}，相差 {difference:money}
-- en: Table {title} totals {found:money}, but table {other} shows {expected:money} of expenditure from the {fund_name_en}, off by {difference:money}
-- The tables of the government fund budget and of the state capital operating budget against the appropriation balance.
SELECT g.filing, 'line_items' AS resource, g.id AS row_key, g.source, arg_min(a.source, (abs(a.amount - g.amount), a.id)) AS other_source,
  arg_min(a.amount, (abs(a.amount - g.amount), a.id)) AS expected, g.amount AS found,
  g.amount - arg_min(a.amount, (abs(a.amount - g.amount), a.id)) AS difference, g.title, arg_min(a.title, (abs(a.amount - g.amount), a.id)) AS other, g.unit,
  min(f.name) AS fund_name, min(f.name_en) AS fund_name_en
FROM totals g
JOIN amounts a ON a.filing = g.filing AND a.form = 'appropriation-balance' AND a.direction = 'expenditure' AND a.fund = g.form
  AND a.year = g.year AND a.phase = g.phase AND a.role IN ('total', 'subtotal') AND a.function = ''
JOIN funds f ON f.id = g.form
WHERE g.form IN ('government-fund', 'state-capital') AND g.nature = '' AND g.direction = 'expenditure'
GROUP BY g.filing, g.id, g.source, g.amount, g.quantum, g.title, g.unit
HAVING NOT bool_or(same_amount(g.amount, g.quantum, a.amount, a.quantum)) AND NOT bool_or(unit_slip(g.amount, a.amount))

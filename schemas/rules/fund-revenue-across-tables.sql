-- kind: 2
-- severity: must
-- promise-zh: 同一种资金的收入在各表中相同。
-- promise-en: Revenue from one fund is the same in every table.
-- zh: {fund_name}收入在《{title}》为 {found:money}，在《{other}》为 {expected:money}，相差 {difference:money}
-- en: Revenue from {fund_name_en} is {found:money} in table {title} but {expected:money} in table {other}, off by {difference:money}
-- The revenue of one fund stands in the balance, the revenue table and the appropriation balance.
WITH printed AS (
  SELECT filing, year, phase, fund, form, table_id, arg_max(id, (amount, id)) AS id, arg_max(source, (amount, id)) AS source,
    max(amount) AS amount, max(quantum) AS quantum, min(title) AS title, min(unit) AS unit
  FROM amounts
  WHERE direction = 'revenue' AND function = '' AND item = '' AND project = '' AND row_unit = ''
    AND form IN ('balance', 'revenue', 'appropriation-balance') AND fund <> ''
    AND NOT (form = 'appropriation-balance' AND fund = 'appropriation')
  GROUP BY ALL
)
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, b.source AS other_source,
  b.amount AS expected, a.amount AS found, a.amount - b.amount AS difference, a.title, b.title AS other, a.unit,
  regexp_replace(f.name, '收入$', '') AS fund_name, f.name_en AS fund_name_en
FROM printed a
JOIN printed b ON b.filing = a.filing AND b.year = a.year AND b.phase = a.phase AND b.fund = a.fund AND b.form = 'balance'
JOIN funds f ON f.id = a.fund
WHERE a.form <> 'balance' AND NOT same_amount(a.amount, a.quantum, b.amount, b.quantum) AND NOT unit_slip(a.amount, b.amount)

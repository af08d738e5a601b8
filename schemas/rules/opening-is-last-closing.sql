-- kind: 10
-- severity: must
-- promise-zh: 年初结转和结余等于上年决算的年末结转和结余。
-- promise-en: The opening balance is the closing balance of last year's account.
-- zh: 《{title}》年初结转和结余 {found:money}，上年决算的年末结转和结余为 {expected:money}，相差 {difference:money}
-- en: Table {title} opens with {found:money}, but last year's account closed with {expected:money}, off by {difference:money}
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, b.source AS other_source, b.amount AS expected, a.amount AS found,
  a.amount - b.amount AS difference, a.title, a.unit
FROM amounts a
JOIN amounts_before b ON b.filing = a.filing AND b.form = a.form AND b.year = a.year - 1 AND b.phase = 'executed' AND b.fund = a.fund
  AND b.item = 'closing-balance' AND b.function = a.function AND b.nature = a.nature
WHERE a.own AND a.phase = 'executed' AND a.item = 'opening-balance' AND NOT same_amount(a.amount, a.quantum, b.amount, b.quantum)

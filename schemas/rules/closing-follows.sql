-- kind: 10
-- severity: must
-- promise-zh: 年末结转和结余等于年初结转加本年收入减本年支出和结余分配。
-- promise-en: The closing balance is the opening one plus revenue minus expenditure and distribution.
-- zh: 《{title}》年末结转和结余 {found:money}，按年初结转、本年收支和结余分配推算应为 {expected:money}，相差 {difference:money}
-- en: Table {title} closes with {found:money}, but what it carried in, received, spent and distributed makes {expected:money}, off by {difference:money}
WITH sides AS (
  SELECT table_id, year, phase, fund,
    max(amount) FILTER (item = 'opening-balance' AND label <> '') AS opening, max(amount) FILTER (item = 'surplus-use') AS used,
    max(amount) FILTER (item = 'distribution') AS distributed,
    arg_max(id, (amount, id)) FILTER (item = 'closing-balance') AS id, arg_max(source, (amount, id)) FILTER (item = 'closing-balance') AS source,
    max(amount) FILTER (item = 'closing-balance') AS closing, min(title) AS title, min(unit) AS unit, min(filing) AS filing,
    max(quantum) AS quantum,
    max(amount) FILTER (direction = 'revenue' AND role IN ('subtotal', 'total') AND regexp_matches(label, '本年收入')) AS revenue,
    max(amount) FILTER (direction = 'expenditure' AND role IN ('subtotal', 'total') AND regexp_matches(label, '本年支出')) AS expenditure,
    min(source) FILTER (item = 'opening-balance') AS other_source
  FROM amounts
  WHERE form IN ('balance', 'appropriation-balance') AND own AND phase = 'executed' AND nature = ''
  GROUP BY ALL
)
SELECT filing, 'line_items' AS resource, id AS row_key, source, other_source,
  opening + revenue + coalesce(used, 0) - expenditure - coalesce(distributed, 0) AS expected, closing AS found,
  closing - (opening + revenue + coalesce(used, 0) - expenditure - coalesce(distributed, 0)) AS difference, title, unit
FROM sides
WHERE abs(closing - (opening + revenue + coalesce(used, 0) - expenditure - coalesce(distributed, 0))) > 5 * quantum

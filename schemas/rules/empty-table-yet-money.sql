-- kind: 2
-- severity: must
-- promise-zh: 说明为空的表所对应的资金，其他表中也没有金额。
-- promise-en: Where a table is declared empty, no other table shows money of its fund.
-- zh: 《{title}》为空表（{note}），《{other}》却有{fund_name} {found:money}
-- en: Table {title} is empty, yet table {other} shows {found:money} from the {fund_name_en}
SELECT t.filing, 'line_items' AS resource, arg_max(a.id, (a.amount, a.id)) AS row_key, arg_max(a.source, (a.amount, a.id)) AS source,
  t.source AS other_source, 0 AS expected, max(a.amount) AS found, max(a.amount) AS difference, t.title,
  CASE t.filled WHEN 'blank' THEN '未填写' ELSE t.note END AS note,
  arg_max(a.title, (a.amount, a.id)) AS other, arg_max(a.unit, (a.amount, a.id)) AS unit, min(f.name) AS fund_name, min(f.name_en) AS fund_name_en
FROM tables t
JOIN amounts a ON a.filing = t.filing AND a.fund = t.form AND a.form IN ('balance', 'appropriation-balance', 'revenue', 'expenditure')
  AND a.own AND a.amount > 0
JOIN funds f ON f.id = t.form
WHERE t.form IN ('government-fund', 'state-capital') AND t.filled <> 'filled'
GROUP BY t.filing, t.id, t.title, t.source, t.note, t.filled

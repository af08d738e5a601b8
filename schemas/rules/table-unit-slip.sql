-- kind: 5
-- severity: must
-- promise-zh: 各表的合计在各自的金额单位下相符。
-- promise-en: The totals of tables agree under the unit of money that each names.
-- zh: 《{title}》以{unit}计，合计 {found:money}，《{other}》合计 {expected} 元：相差整整 {ratio} 倍，金额单位有误
-- en: Table {title}, in {unit}, totals {found:money} and table {other} {expected} yuan: {ratio} times as much, so one names the wrong unit of money
-- Totals that would be equal but for 元, 千元, 万元 or 亿元; the table whose unit fewer tables of the filing have is named.
WITH wholes_of AS (
  SELECT * FROM totals WHERE nature = '' AND fund IN ('', 'appropriation', 'general')
    AND form IN ('balance', 'revenue', 'expenditure', 'appropriation-balance', 'appropriation-expenditure', 'general-expenditure',
      'government-economic', 'expenditure-detail')
  UNION ALL
  SELECT * FROM totals WHERE nature IN ('basic', 'project') AND form IN ('expenditure', 'general-expenditure', 'general-basic',
    'appropriation-basic', 'projects', 'general-projects')
), habit AS (
  SELECT filing, unit, count(DISTINCT table_id) AS tables FROM wholes_of GROUP BY ALL
), pairs AS (
  SELECT a.*, b.source AS other_source, b.title AS other, b.amount AS other_amount
  FROM wholes_of a
  JOIN wholes_of b ON b.filing = a.filing AND b.year = a.year AND b.phase = a.phase AND b.table_id <> a.table_id AND b.nature = a.nature
  JOIN habit ha ON ha.filing = a.filing AND ha.unit = a.unit
  JOIN habit hb ON hb.filing = b.filing AND hb.unit = b.unit
  WHERE unit_slip(a.amount, b.amount) AND (ha.tables < hb.tables OR (ha.tables = hb.tables AND a.table_id > b.table_id))
)
SELECT filing, 'line_items' AS resource, id AS row_key, source, other_source, other_amount AS expected, amount AS found,
  amount - other_amount AS difference, title, other, unit, round(greatest(amount / other_amount, other_amount / amount), -2)::BIGINT AS ratio
FROM pairs
QUALIFY row_number() OVER (PARTITION BY filing, table_id ORDER BY id, other_source) = 1

-- kind: 5
-- severity: must
-- zh: 《{title}》合计 {found:money}（以{unit}计），《{other}》合计 {expected}元：相差整整 {ratio} 倍，金额单位有误
-- en: Table {title} totals {found:money} and table {other} {expected:money}: {ratio} times as much, so one names the wrong unit of money
-- Totals that would be equal but for 元, 千元, 万元 or 亿元.
WITH wholes_of AS (
  SELECT * FROM totals WHERE nature = '' AND fund IN ('', 'appropriation', 'general')
    AND form IN ('balance', 'revenue', 'expenditure', 'appropriation-balance', 'appropriation-expenditure', 'general-expenditure',
      'government-economic', 'expenditure-detail')
  UNION ALL
  SELECT * FROM totals WHERE nature IN ('basic', 'project') AND form IN ('expenditure', 'general-expenditure', 'general-basic',
    'appropriation-basic', 'projects', 'general-projects')
), pairs AS (
  SELECT a.filing, a.id, a.source, a.table_id, a.title, a.amount, a.unit, b.source AS other_source, b.title AS other, b.amount AS other_amount,
    b.table_id AS other_table
  FROM wholes_of a JOIN wholes_of b ON b.filing = a.filing AND b.year = a.year AND b.phase = a.phase AND b.table_id <> a.table_id
    AND b.nature = a.nature
  WHERE unit_slip(a.amount, b.amount)
), agreed AS (
  SELECT a.id, count(DISTINCT b.table_id) AS others FROM wholes_of a
  JOIN wholes_of b ON b.filing = a.filing AND b.year = a.year AND b.table_id <> a.table_id AND b.nature = a.nature
    AND same_amount(a.amount, a.quantum, b.amount, b.quantum)
  GROUP BY a.id
)
SELECT p.filing, 'line_items' AS resource, arg_min(p.id, p.id) AS row_key, arg_min(p.source, p.id) AS source,
  min(p.other_source) AS other_source, any_value(p.other_amount) AS expected, any_value(p.amount) AS found,
  any_value(p.amount - p.other_amount) AS difference, any_value(p.title) AS title, min(p.other) AS other, any_value(p.unit) AS unit,
  round(greatest(any_value(p.amount / p.other_amount), any_value(p.other_amount / p.amount)), -2)::BIGINT AS ratio
FROM pairs p
WHERE (SELECT count(DISTINCT other_table) FROM pairs x WHERE x.table_id = p.table_id) >= coalesce((SELECT max(others) FROM agreed WHERE agreed.id = p.id), 0)
  AND NOT ((SELECT count(DISTINCT other_table) FROM pairs x WHERE x.table_id = p.table_id) = coalesce((SELECT max(others) FROM agreed WHERE agreed.id = p.id), 0)
    AND p.table_id > p.other_table)
GROUP BY p.filing, p.table_id

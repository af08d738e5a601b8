-- kind: 5
-- severity: should
-- promise-zh: 部门全年的收支合计合乎常理。
-- promise-en: The total of a department's whole year is of a plausible size.
-- zh: 《{title}》全年{side}合计为 {found:money}，金额单位可能有误
-- en: Table {title} totals {found:money} for a whole year; the unit of money may be wrong
-- A department that spends less than a thousand yuan in a year, or more than two trillion, is more likely one in the wrong unit.
SELECT filing, 'line_items' AS resource, id AS row_key, source, '' AS other_source, '' AS expected, amount AS found, '' AS difference,
  title, unit, CASE direction WHEN 'revenue' THEN '收入' ELSE '支出' END AS side
FROM totals
WHERE form IN ('balance', 'revenue', 'expenditure') AND nature = '' AND fund = '' AND amount <> 0
  AND (abs(amount) < 1000 OR abs(amount) > 2e12)
QUALIFY row_number() OVER (PARTITION BY filing ORDER BY position, id) = 1

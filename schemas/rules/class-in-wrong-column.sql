-- kind: 1
-- severity: should
-- promise-zh: 经济科目的金额列在它所属的人员经费或公用经费栏。
-- promise-en: An economic code has its amount in the column, personnel or running costs, that it belongs to.
-- zh: 《{title}》“{economic} {label}”的 {found:money} 列在{column}栏，该科目属于{other}
-- en: In table {title}, {economic} {label} has {found:money} under {column_en}, where that code does not belong
SELECT filing, 'line_items' AS resource, id AS row_key, source, '' AS other_source, 0 AS expected, amount AS found,
  amount AS difference, title, economic, label, unit,
  CASE nature WHEN 'personnel' THEN '人员经费' ELSE '公用经费' END AS column,
  CASE nature WHEN 'personnel' THEN '公用经费' ELSE '人员经费' END AS other,
  CASE nature WHEN 'personnel' THEN 'personnel' ELSE 'running costs' END AS column_en
FROM amounts
WHERE form IN ('general-basic', 'appropriation-basic') AND economic <> '' AND amount <> 0 AND heading <> ''
  AND ((nature = 'running-costs' AND economic[:3] IN ('301', '303'))
    OR (nature = 'personnel' AND economic[:3] IN ('307', '309', '310', '311', '312', '399'))
    OR (nature = 'personnel' AND economic[:3] = '302' AND economic <> '30239'))

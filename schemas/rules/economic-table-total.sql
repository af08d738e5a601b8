-- kind: 2
-- severity: must
-- promise-zh: 按经济分类的表的合计等于某张支出表的合计。
-- promise-en: A table by economic code totals what some expenditure table totals.
-- zh: 《{title}》合计 {found:money}，与支出各表的合计都不相等，最近的是《{other}》{expected:money}
-- en: Table {title} totals {found:money}, which is the total of no expenditure table; the nearest is {expected:money} in table {other}
-- Tables by government economic code, and by function and economic code, split a total that stands in another table.
SELECT g.filing, 'line_items' AS resource, g.id AS row_key, g.source, arg_min(e.source, (abs(e.amount - g.amount), e.id)) AS other_source,
  arg_min(e.amount, (abs(e.amount - g.amount), e.id)) AS expected, g.amount AS found,
  g.amount - arg_min(e.amount, (abs(e.amount - g.amount), e.id)) AS difference, g.title, arg_min(e.title, (abs(e.amount - g.amount), e.id)) AS other, g.unit
FROM totals g
JOIN totals e ON e.filing = g.filing AND e.year = g.year AND e.phase = g.phase AND e.direction = 'expenditure'
  AND e.form IN ('expenditure', 'general-expenditure', 'general-basic', 'appropriation-expenditure', 'appropriation-basic', 'projects')
WHERE g.form IN ('government-economic', 'expenditure-detail') AND g.nature IN ('', 'basic')
GROUP BY g.filing, g.id, g.source, g.amount, g.quantum, g.title, g.unit
HAVING NOT bool_or(same_amount(g.amount, g.quantum, e.amount, e.quantum))

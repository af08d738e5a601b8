-- kind: 9
-- severity: must
-- promise-zh: 项目资金等于财政拨款与其他资金之和。
-- promise-en: A project's money is the sum of appropriations and other funds.
-- needs: cells
-- zh: 项目“{name}”资金 {found:money}，财政拨款与其他资金相加为 {expected:money}，相差 {difference:money}
-- en: Project {name} has {found:money}, but appropriations and other funds add up to {expected:money}, off by {difference:money}
-- A form that prints what was carried over beside them holds more than both.
SELECT y.filing, 'project_years' AS resource, y.filing || '|' || y.project AS row_key, y.source, '' AS other_source,
  y.appropriation + coalesce(y.other_funds, 0) AS expected, y.amount AS found, y.amount - y.appropriation - coalesce(y.other_funds, 0) AS difference,
  p.name, '万元' AS unit
FROM project_years y JOIN projects p ON p.id = y.project
WHERE y.amount IS NOT NULL AND y.appropriation IS NOT NULL AND abs(y.amount - y.appropriation - coalesce(y.other_funds, 0)) > 200
  AND (y.other_funds IS NOT NULL OR y.appropriation > y.amount)
  AND NOT (y.appropriation + coalesce(y.other_funds, 0) < y.amount AND EXISTS (
    SELECT 1 FROM cells named JOIN cells beside USING (filing, file_name, table_ordinal)
    WHERE named.filing = y.filing AND named.source = y.source AND regexp_matches(beside.text, '结转|结余')))

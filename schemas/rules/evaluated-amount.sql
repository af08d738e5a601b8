-- kind: 9
-- severity: must
-- promise-zh: 文字所述绩效管理项目的资金等于各绩效目标表资金之和。
-- promise-en: The money that the prose tells of projects under performance management is that of their forms.
-- zh: 文字说实行绩效管理的项目涉及 {found:money}，各绩效目标表的资金相加为 {expected:money}，相差 {difference:money}
-- en: The prose says {found:money} for the projects under performance management, but their forms add up to {expected:money}, off by {difference:money}
-- Only where the number of forms is the number of projects that the prose counts.
WITH forms_of AS (
  SELECT y.filing, sum(y.amount) AS amount, count(*) AS forms, min(y.source) AS source
  FROM project_years y WHERE EXISTS (SELECT 1 FROM indicators i WHERE i.filing = y.filing AND i.project = y.project) AND y.amount IS NOT NULL
  GROUP BY y.filing
)
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, f.source AS other_source, f.amount AS expected, s.value AS found,
  s.value - f.amount AS difference, s.unit
FROM told s
JOIN forms_of f ON f.filing = s.filing
JOIN told n ON n.filing = s.filing AND n.subject = 'performance-projects' AND n.measure = 'count' AND n.value = f.forms
WHERE s.measure = 'level' AND s.subject = 'performance-projects' AND abs(s.value - f.amount) > (f.forms + 1) * s.quantum + 0.000001

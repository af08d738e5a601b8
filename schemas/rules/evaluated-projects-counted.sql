-- kind: 8
-- severity: must
-- promise-zh: 项目绩效目标表不多于文字所述绩效管理的项目。
-- promise-en: There are no more performance forms than projects that the prose counts.
-- zh: 文字说实行绩效管理的项目 {found} 个，本文件的项目绩效目标表有 {expected} 张
-- en: The prose counts {found} projects under performance management, but the filing has {expected} performance forms
-- Fewer forms than projects are common, where only some are disclosed; more are not.
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, l.source AS other_source, l.forms AS expected, s.value::INTEGER AS found,
  (s.value - l.forms)::INTEGER AS difference
FROM told s
JOIN (SELECT filing, count(*) AS forms, min(source) AS source FROM tables WHERE form = 'performance-project' AND filled = 'filled' GROUP BY filing) l
  ON l.filing = s.filing
WHERE s.measure = 'count' AND s.subject = 'performance-projects' AND l.forms > s.value

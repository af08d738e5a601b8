-- kind: 7
-- severity: should
-- promise-zh: 同一项目在各处名称相同。
-- promise-en: One project has one name throughout a filing.
-- needs: passages cells
-- zh: 同一项目，一处称“{found}”，一处称“{expected}”
-- en: One project has two names: “{found}” in one place, “{expected}” in another
WITH others AS (
  SELECT y.filing, p.id, p.name, y.source, unnest(string_split(p.other_names, '|')) AS other
  FROM projects p JOIN project_years y ON y.project = p.id WHERE p.other_names <> ''
), printed AS (
  SELECT filing, text, source FROM passages WHERE kind <> 'contents' UNION ALL SELECT filing, text, source FROM cells
)
SELECT o.filing, 'projects' AS resource, o.id AS row_key, min(t.source) AS source, min(o.source) AS other_source, o.name AS expected,
  o.other AS found, '' AS difference
FROM others o
JOIN printed t ON t.filing = o.filing AND contains(folded(t.text), folded(o.other))
WHERE folded(o.other) <> folded(o.name)
GROUP BY o.filing, o.id, o.name, o.other

-- kind: 7
-- severity: must
-- promise-zh: 表上写的编制单位就是公开件的部门或单位。
-- promise-en: The agency named on a table is that of the filing.
-- needs: passages
-- zh: 《{title}》写的编制单位是“{found}”，公开件的{scope}是“{expected}”
-- en: Table {title} names “{found}” as its agency, but the filing is that of “{expected}”
-- A name cut short by the page, and any name the agency is known by, is the same.
WITH named AS (
  SELECT filing, source, heading, regexp_replace(regexp_extract(folded(text),
    '(?:编制|填报|公开)?(?:部门|单位)(?:名称)?(?:\([^()]*\))*:(.+)$', 1), '(金额)?单位:.*$|(元|万元)$|[0-9]{4}年.*$|日期.*$', '') AS name
  FROM passages WHERE kind = 'caption' AND regexp_matches(folded(text), '(编制|填报|公开)?(部门|单位)(名称)?(\([^()]*\))*:')
), known AS (
  SELECT f.id AS filing, d.scope, d.name AS called, folded(n) AS name
  FROM filings f JOIN departments d ON d.id = f.department, unnest(string_split(d.name || '|' || d.other_names, '|')) AS x(n) WHERE n <> ''
)
SELECT n.filing, '' AS resource, '' AS row_key, min(n.source) AS source, '' AS other_source, min(k.called) AS expected, n.name AS found,
  '' AS difference, min(n.heading) AS title, min(k.scope) AS scope
FROM named n JOIN known k ON k.filing = n.filing
WHERE length(n.name) >= 4 AND NOT regexp_matches(n.name, '^[0-9]|元$|[:,。]')
GROUP BY n.filing, n.name
HAVING NOT bool_or(contains(k.name, n.name) OR contains(n.name, k.name) OR ends_with(k.name, regexp_replace(n.name, '\(.*$', ''))
  OR jaccard(k.name, n.name) >= 0.8 AND length(n.name) < length(k.name))

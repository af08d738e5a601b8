-- kind: 11
-- severity: should
-- needs: passages
-- promise-zh: 目录所列的表都在公开件中。
-- promise-en: Every table that the contents list is in the filing.
-- zh: 目录列有“{found}”，公开件里却没有这张表
-- en: The contents list “{found}”, but the filing has no such table
-- Where the contents name more tables than there are. A table may have another title than its entry: each title left over answers for one.
WITH pieces AS (
  SELECT filing, source, unnest(regexp_split_to_array(folded(text), '[一二三四五六七八九十]{1,3}[、.]|[0-9]{1,2}[、.]|…+|[.·]{3,}')) AS entry
  FROM passages WHERE kind = 'contents'
), entries AS (
  SELECT filing, min(source) AS source, regexp_extract(entry, '^(.*表)[0-9]*$', 1) AS entry,
    regexp_replace(regexp_extract(entry, '^(.*表)[0-9]*$', 1), '["'']|20[0-9]{2}年度?|\([^()]*\)|部门|单位|预算|决算|公开|情况|总', '', 'g') AS core
  FROM pieces WHERE regexp_matches(entry, '表[0-9]*$') AND NOT regexp_matches(entry, '第.{1,3}部分|附表|报表')
  GROUP BY ALL
), titles AS (
  SELECT DISTINCT filing, id, regexp_replace(regexp_replace(folded(title), '^(公开|附)?表?[0-9]+(-[0-9]+)?表?[:.、]?', ''),
    '["'']|20[0-9]{2}年度?|\([^()]*\)|部门|单位|预算|决算|公开|情况|总', '', 'g') AS core
  FROM tables WHERE form <> ''
), promised AS (
  SELECT e.* FROM entries e WHERE length(e.core) >= 3 AND NOT EXISTS (SELECT 1 FROM titles t WHERE t.filing = e.filing AND t.core = e.core)
), spare AS (
  SELECT t.* FROM titles t WHERE NOT EXISTS (SELECT 1 FROM entries e WHERE e.filing = t.filing AND e.core = t.core)
), short AS (
  SELECT filing, count(*) - (SELECT count(*) FROM spare s WHERE s.filing = p.filing) AS missing FROM promised p GROUP BY filing
)
SELECT p.filing, '' AS resource, '' AS row_key, p.source, '' AS other_source, '' AS expected, p.entry AS found, '' AS difference
FROM promised p JOIN short ON short.filing = p.filing
WHERE short.missing > 0 AND (SELECT count(*) FROM titles t WHERE t.filing = p.filing) >= 4
QUALIFY row_number() OVER (PARTITION BY p.filing
  ORDER BY coalesce((SELECT max(alike(p.core, s.core)) FROM spare s WHERE s.filing = p.filing), 0), p.entry) <= short.missing

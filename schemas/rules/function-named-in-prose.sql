-- kind: 7
-- severity: should
-- promise-zh: 文字所用的科目名称见于各表或科目表。
-- promise-en: A function that the prose names is one of the tables or of the classification.
-- needs: passages
-- zh: 文字称“{said}（项）”，各表和科目表中都没有这个名称，最相近的是“{expected}”
-- en: The prose speaks of “{said}（项）”, a name that no table of the filing and no list has; the nearest is “{expected}”
WITH said AS (
  SELECT filing, source, unnest(regexp_extract_all(folded(text), '(?:\(款\)|款\)|[、,。;:""])[-—]?([\x{4e00}-\x{9fff}\(\)]{2,30}?)\(项\)', 1)) AS said
  FROM passages WHERE kind = 'explanation' AND regexp_matches(text, '[（(]项[)）]')
), names AS (
  SELECT a.filing, called(a.label) AS name, min(a.label) AS label, min(a.source) AS source FROM amounts a WHERE a.function <> '' AND a.label <> '' AND a.project = '' GROUP BY ALL
), known AS (
  SELECT called(name) AS name FROM functions UNION SELECT called(name) FROM code_names WHERE scheme = 'function'
)
SELECT s.filing, '' AS resource, '' AS row_key, min(s.source) AS source, arg_max(n.source, (alike(called(s.said), n.name), n.source)) AS other_source,
  arg_max(n.label, (alike(called(s.said), n.name), n.source)) AS expected, s.said AS found, '' AS difference, s.said
FROM said s JOIN names n ON n.filing = s.filing
WHERE NOT EXISTS (SELECT 1 FROM known k WHERE same_name(k.name, called(s.said)))
GROUP BY s.filing, s.said
HAVING NOT bool_or(same_name(n.name, called(s.said)) OR ends_with(called(s.said), n.name) OR ends_with(n.name, called(s.said))) AND max(alike(called(s.said), n.name)) >= 0.5

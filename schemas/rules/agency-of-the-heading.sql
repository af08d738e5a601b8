-- kind: 11
-- severity: must
-- promise-zh: 文字标题写的部门就是公开件的部门。
-- promise-en: The agency named in a heading of the prose is that of the filing.
-- needs: passages
-- zh: 标题写“{said}”，公开件属于“{expected}”
-- en: A heading says “{said}”, but the filing is that of “{expected}”
-- Headings of the kind 关于某局2020年收入预算情况说明.
WITH headings AS (
  SELECT filing, source, text, regexp_extract(folded(text), '^(?:[一二三四五六七八九十0-9]+[、.])?关于(.{4,30}?)(?:部门|单位|本级|\(.*\))*20[0-9]{2}年', 1) AS name
  FROM passages WHERE kind = 'explanation' AND length(text) < 80
), known AS (
  SELECT f.id AS filing, d.name AS called, folded(n) AS name
  FROM filings f JOIN departments d ON d.id = f.department, unnest(string_split(d.name || '|' || d.other_names, '|')) AS x(n) WHERE n <> ''
)
SELECT h.filing, '' AS resource, '' AS row_key, h.source, '' AS other_source, min(k.called) AS expected, h.name AS found,
  '' AS difference, h.name AS said
FROM headings h JOIN known k ON k.filing = h.filing
WHERE h.name <> '' AND regexp_matches(h.name, '(局|委|委员会|办公室|办公厅|办|厅|院|部|处|中心|站|所|会|学校|大学|学院|医院|政府|街道|镇|乡|社|馆|队|团|台)$')
  AND NOT regexp_matches(h.name, '^(本|我|部门|单位)')
GROUP BY h.filing, h.source, h.name
HAVING NOT bool_or(contains(k.name, h.name) OR contains(h.name, k.name) OR ends_with(k.name, h.name[3:]))

-- kind: 11
-- severity: should
-- promise-zh: 标题写的部门就是公开件的部门。
-- promise-en: The agency named in a heading is that of the filing.
-- needs: passages
-- zh: 标题写“{said}”，公开件属于“{expected}”
-- en: A heading says “{said}”, but the filing is that of “{expected}”
-- Headings that name an agency beside the year: 关于某局2020年收入预算情况说明, 某局2024年度部门决算, 2022年度某局部门决算. A name made of
-- letters of the agency's own, or of one of its units, is short for it, and the other way round.
WITH headings AS (
  SELECT filing, source, regexp_replace(folded(text), '^(附件[0-9]*:)?(第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+[、.]|[0-9]+[、.])?(关于)?', '') AS said
  FROM passages
  WHERE kind NOT IN ('duties', 'work', 'project', 'goal', 'note') AND length(text) < 80
    AND NOT regexp_matches(folded(text), '[。;,，；]|[0-9][、.][^0-9]') AND regexp_matches(text, '预算|决算|情况说明|概况')
), named AS (
  SELECT filing, source, said, regexp_replace(coalesce(nullif(regexp_extract(said, '^(.{3,30}?)20[0-9]{2}年', 1), ''),
    regexp_extract(said, '^20[0-9]{2}年度?(.{3,30}?)(?:部门|单位|本级|预算|决算|概况|情况)', 1)), '(\([^()]*\)|部门|单位|本级|机关)+$', '') AS name
  FROM headings
), known AS (
  SELECT f.id AS filing, d.name AS called, folded(n) AS name
  FROM filings f JOIN departments d ON d.id = f.department, unnest(string_split(d.name || '|' || d.other_names, '|')) AS x(n) WHERE n <> ''
  UNION ALL
  SELECT f.id, d.name, folded(u.name) FROM filings f JOIN departments d ON d.id = f.department JOIN units u ON u.filing = f.id
)
SELECT h.filing, '' AS resource, '' AS row_key, min(h.source) AS source, '' AS other_source, min(k.called) AS expected, h.name AS found,
  '' AS difference, h.name AS said
FROM named h JOIN known k ON k.filing = h.filing
WHERE h.name <> '' AND regexp_matches(h.name, '(局|委|委员会|办公室|办公厅|办|厅|院|部|处|中心|站|所|会|学校|大学|学院|医院|政府|街道|镇|乡|社|馆|队|团|台)$')
  AND NOT regexp_matches(h.name, '^(本|我|部门|单位|政府|区级|市级|县级|省级|关于)|预算|决算')
GROUP BY h.filing, h.name
HAVING NOT bool_or(contains(k.name, h.name) OR contains(h.name, k.name) OR ends_with(k.name, h.name[3:])
  OR list_has_all(letters_of_agency(k.name), letters_of_agency(h.name)) OR list_has_all(letters_of_agency(h.name), letters_of_agency(k.name)))

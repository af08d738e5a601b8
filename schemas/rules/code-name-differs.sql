-- kind: 6
-- severity: should
-- promise-zh: 印刷的科目编码与科目名称相符。
-- promise-en: A printed code carries the name that the classification gives it.
-- zh: 《{title}》{code} 印作“{label}”，该科目名为“{expected}”
-- en: Table {title} prints {code} as “{label}”, but that code is called “{expected}”
-- In a list that `schemes` does not call complete, a name nobody has seen is only worth a look, unless it is that of a sibling code.
-- Brackets, width, list numbers and the name of any year are no difference; nor is a name cut short. A row can print the names of two
-- classifications beside each other.
WITH names AS (
  SELECT 'function' AS scheme, id, split_part(id, '~', 1) AS code, name FROM functions WHERE evidence IN ('official', 'recalled')
  UNION ALL SELECT 'economic', id, split_part(id, '~', 1), name FROM department_economics
  UNION ALL SELECT scheme, concept, split_part(concept, '~', 1), name FROM code_names WHERE kind <> 'misprint'
), printed AS (
  SELECT filing, title, id, source, position, label, CASE WHEN function <> '' THEN 'function' ELSE 'economic' END AS scheme,
    split_part(CASE WHEN function <> '' THEN function ELSE economic END, '~', 1) AS code,
    called(label) AS name
  FROM amounts
  WHERE code_printed <> '' AND (function = '') <> (economic = '') AND project = '' AND item = '' AND label <> ''
    AND form NOT IN ('government-economic', 'balance', 'appropriation-balance')
), judged AS (
  SELECT p.*, (SELECT count(*) FROM names n WHERE n.scheme = p.scheme AND n.code = p.code) AS known,
    EXISTS (SELECT 1 FROM names n, unnest(string_split(p.label, ' / ')) AS x(part)
      WHERE n.scheme = p.scheme AND n.code = p.code AND same_name(x.part, n.name)) AS same
  FROM printed p
)
SELECT filing, 'line_items' AS resource, arg_min(id, (position, id)) AS row_key, arg_min(source, (position, id)) AS source, '' AS other_source,
  (SELECT min(n.name) FROM names n WHERE n.scheme = j.scheme AND n.code = j.code) AS expected, label AS found, '' AS difference,
  title, code, label,
  CASE WHEN scheme = 'economic' OR EXISTS (
    SELECT 1 FROM names n WHERE n.scheme = j.scheme AND length(n.code) = length(j.code) AND n.code <> j.code
      AND n.code[:length(n.code) - 2] = j.code[:length(j.code) - 2] AND called(n.name) = j.name) THEN 'should' ELSE 'info' END AS severity
FROM judged j
WHERE known > 0 AND NOT same AND length(name) >= 2
GROUP BY filing, title, scheme, code, label, name

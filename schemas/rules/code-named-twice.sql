-- kind: 7
-- severity: must
-- promise-zh: 同一编码在各表中名称相同。
-- promise-en: One code has one name in every table of a filing.
-- zh: {code} 在《{title}》称“{label}”，在《{other}》称“{expected}”
-- en: {code} is called “{label}” in table {title} but “{expected}” in table {other}
WITH printed AS (
  SELECT filing, table_id, title, CASE WHEN function <> '' THEN 'function' ELSE 'economic' END AS scheme,
    CASE WHEN function <> '' THEN function ELSE economic END AS code, label, called(label) AS name,
    arg_min(id, (position, id)) AS id, arg_min(source, (position, id)) AS source, count(*) AS times
  FROM amounts
  WHERE code_printed <> '' AND (function = '') <> (economic = '') AND project = '' AND item = '' AND label <> ''
    AND form <> 'government-economic'
  GROUP BY ALL
), usual AS (
  SELECT filing, scheme, code, name, count(DISTINCT table_id) AS tables, min(label) AS label, min(title) AS title, min(source) AS source
  FROM printed GROUP BY filing, scheme, code, name
)
SELECT p.filing, 'line_items' AS resource, min(p.id) AS row_key, min(p.source) AS source, u.source AS other_source, u.label AS expected,
  p.label AS found, '' AS difference, p.code, p.label, min(p.title) AS title, u.title AS other
FROM printed p
JOIN usual mine ON mine.filing = p.filing AND mine.scheme = p.scheme AND mine.code = p.code AND mine.name = p.name
JOIN usual u ON u.filing = p.filing AND u.scheme = p.scheme AND u.code = p.code AND u.name <> p.name
WHERE NOT same_name(p.label, u.label) AND (u.tables > mine.tables OR (u.tables = mine.tables AND u.label < p.label))
GROUP BY p.filing, p.scheme, p.code, p.label, u.source, u.label, u.title
QUALIFY row_number() OVER (PARTITION BY p.filing, p.scheme, p.code, p.label ORDER BY u.label, u.source) = 1

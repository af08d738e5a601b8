-- kind: 6
-- severity: must
-- promise-zh: 同一名称的科目在各表中编码相同。
-- promise-en: One name has one code in every table of a filing.
-- zh: “{label}”在《{title}》编码为 {code}，在《{other}》为 {expected}，金额都是 {amount:money}
-- en: “{label}” has the code {code} in table {title} but {expected} in table {other}, with the same amount of {amount:money}
WITH printed AS (
  SELECT DISTINCT ON (filing, table_id, scheme, code) filing, table_id, title, scheme, code, name, label, amount, unit, id, source
  FROM (
    SELECT filing, table_id, title, CASE WHEN function <> '' THEN 'function' ELSE 'economic' END AS scheme,
      CASE WHEN function <> '' THEN function ELSE economic END AS code, called(label) AS name, label, amount, unit, id, source, position
    FROM amounts
    WHERE code_printed <> '' AND (function = '') <> (economic = '') AND project = '' AND item = '' AND amount <> 0 AND own
      AND form <> 'government-economic' AND length(CASE WHEN function <> '' THEN function ELSE economic END) IN (3, 5, 7)
  ) ORDER BY filing, table_id, scheme, code, position, id
)
SELECT a.filing, 'line_items' AS resource, a.id AS row_key, a.source, min(b.source) AS other_source, min(b.code) AS expected, a.code AS found,
  '' AS difference, a.label, a.title, min(b.title) AS other, a.code, a.amount, a.unit
FROM printed a
JOIN printed b ON b.filing = a.filing AND b.scheme = a.scheme AND b.table_id <> a.table_id AND b.name = a.name AND b.code <> a.code
  AND length(b.code) = length(a.code) AND b.amount = a.amount
WHERE NOT EXISTS (SELECT 1 FROM printed c WHERE c.filing = a.filing AND c.table_id <> a.table_id AND c.scheme = a.scheme AND c.code = a.code)
  AND NOT EXISTS (SELECT 1 FROM printed c WHERE c.table_id = a.table_id AND c.scheme = a.scheme AND c.code = b.code)
GROUP BY a.filing, a.id, a.source, a.code, a.label, a.title, a.amount, a.unit

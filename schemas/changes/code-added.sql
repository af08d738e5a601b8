-- group: codes
-- order: 3
-- title: 新增科目
-- title-en: Codes added
-- zh: {list}新增 {code} {new}
-- en: {code} {new} added to {list}
SELECT '' AS filing, n.list AS resource, n.id AS row_key, n.line, concat(n.list, n.id) AS rank, 'id' AS field, n.name AS new, n.code, list_name(n.list) AS list
FROM codes_now n ANTI JOIN codes_was o ON o.list = n.list AND o.id = n.id WHERE strpos(n.id, '~') = 0

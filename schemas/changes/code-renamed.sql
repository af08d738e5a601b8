-- group: codes
-- order: 1
-- title: 科目更名
-- title-en: Codes renamed
-- zh: {list} {code}：{old} → {new}
-- en: {code} of {list}: {old} → {new}
SELECT '' AS filing, n.list AS resource, n.id AS row_key, n.line, concat(n.list, n.id) AS rank, 'name' AS field, o.name AS old, n.name AS new, n.code,
  list_name(n.list) AS list
FROM codes_was o JOIN codes_now n ON n.list = o.list AND n.id = o.id WHERE o.name <> n.name

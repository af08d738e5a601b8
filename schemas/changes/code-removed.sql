-- group: codes
-- order: 4
-- title: 撤销科目
-- title-en: Codes removed
-- zh: {list}不再有 {code} {old}
-- en: {code} {old} is no longer in {list}
SELECT '' AS filing, o.list AS resource, o.id AS row_key, o.line AS old_line, concat(o.list, o.id) AS rank, 'id' AS field, o.name AS old, o.code, list_name(o.list) AS list
FROM codes_was o ANTI JOIN codes_now n ON n.list = o.list AND n.id = o.id

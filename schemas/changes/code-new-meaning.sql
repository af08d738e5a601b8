-- group: codes
-- order: 2
-- title: 科目代码改作他用
-- title-en: Codes given a new meaning
-- zh: {list} {code} 改作“{new}”（原为“{old}”）
-- en: {code} of {list} now means {new} (before: {old})
SELECT '' AS filing, n.list AS resource, n.id AS row_key, n.line, concat(n.list, n.id) AS rank, 'name' AS field, n.name AS new, n.code,
  list_name(n.list) AS list, coalesce(f.name, d.name, g.name, '') AS old
FROM (SELECT * FROM codes_now n ANTI JOIN codes_was o ON o.list = n.list AND o.id = n.id WHERE strpos(n.id, '~') > 0) n
LEFT JOIN known.functions f ON n.list = 'functions' AND f.id = split_part(n.id, '~', 1)
LEFT JOIN known.department_economics d ON n.list = 'department_economics' AND d.id = split_part(n.id, '~', 1)
LEFT JOIN known.government_economics g ON n.list = 'government_economics' AND g.id = split_part(n.id, '~', 1)

-- kind: 1
-- severity: should
-- promise-zh: 各行有金额的栏，其合计也有金额。
-- promise-en: A column whose rows have amounts has its total.
-- zh: 《{title}》“{heading}”栏各行相加为 {expected:money}，合计一格却空着
-- en: In table {title}, the rows of the column {heading} add up to {expected:money} but its total is left blank
WITH columns AS (
  SELECT filing, table_id, min(title) AS title, heading, min(unit) AS unit,
    arg_min(id, (position, id)) AS row_key, arg_min(source, (position, id)) AS source,
    sum(amount) FILTER (role = 'item') AS expected, bool_or(role = 'total') AS totalled,
    count(*) FILTER (role = 'item' AND amount <> 0) AS items
  FROM amounts WHERE heading <> '' AND label <> '' AND (code_printed <> '' OR role = 'total')
  GROUP BY filing, table_id, heading
)
SELECT c.filing, 'line_items' AS resource, c.row_key, c.source, min(t.source) AS other_source,
  c.expected, '' AS found, c.expected AS difference, c.title, c.heading, c.unit
FROM columns c
JOIN totals t ON t.table_id = c.table_id AND t.label <> ''
WHERE NOT c.totalled AND c.items > 0 AND c.expected <> 0
GROUP BY ALL

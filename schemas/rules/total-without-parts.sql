-- kind: 1
-- severity: should
-- promise-zh: 有合计的栏，其下各行也有金额。
-- promise-en: A column that has a total has rows with amounts.
-- zh: 《{title}》“{heading}”栏合计为 {found:money}，其下却没有一行有数
-- en: In table {title}, the column {heading} totals {found:money} but none of its rows holds a figure
SELECT w.filing, 'line_items' AS resource, w.id AS row_key, w.source, '' AS other_source,
  0 AS expected, w.amount AS found, w.amount AS difference, w.title, w.heading, w.unit
FROM totals w
WHERE w.amount <> 0 AND w.heading <> ''
  AND NOT EXISTS (SELECT 1 FROM sums s WHERE s.whole = w.id)
  AND EXISTS (SELECT 1 FROM amounts i WHERE i.table_id = w.table_id AND i.role = 'item' AND i.direction = w.direction
    AND i.label <> '' AND (i.function <> '' OR i.economic <> ''))
  AND NOT EXISTS (SELECT 1 FROM amounts i WHERE i.table_id = w.table_id AND i.heading = w.heading AND i.id <> w.id
    AND i.amount <> 0)

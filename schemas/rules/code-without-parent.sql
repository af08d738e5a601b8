-- kind: 6
-- severity: must
-- promise-zh: 列出下级科目的表也列出它的上级科目及其金额。
-- promise-en: A table that prints a code prints its parent and the parent's amount too.
-- zh: 《{title}》有 {code} {label}，却没有上级科目 {expected}，或其金额空着
-- en: Table {title} has {code} {label} but not its parent {expected}, or no amount of it
-- Only in a table that prints the parents of its other codes.
WITH coded AS (
  SELECT DISTINCT filing, table_id, title, CASE WHEN function <> '' THEN function ELSE economic END AS code,
    first_value(id) OVER w AS id, first_value(source) OVER w AS source, first_value(label) OVER w AS label
  FROM amounts
  WHERE code_printed <> '' AND (function = '') <> (economic = '') AND project = '' AND role IN ('item', 'subtotal')
  WINDOW w AS (PARTITION BY table_id, function, economic ORDER BY position, id)
), parented AS (
  SELECT c.*, c.code[:length(split_part(c.code, '~', 1)) - 2] AS parent,
    EXISTS (SELECT 1 FROM coded p WHERE p.table_id = c.table_id AND p.code = c.code[:length(split_part(c.code, '~', 1)) - 2]) AS present
  FROM coded c WHERE length(split_part(c.code, '~', 1)) IN (5, 7)
), habit AS (
  SELECT table_id, length(parent) AS depth, count(DISTINCT parent) FILTER (present) AS with_parent, count(DISTINCT parent) FILTER (NOT present) AS without
  FROM parented GROUP BY ALL
)
SELECT p.filing, 'line_items' AS resource, arg_min(p.id, (p.code, p.id)) AS row_key, arg_min(p.source, (p.code, p.id)) AS source, '' AS other_source,
  p.parent AS expected, min(p.code) AS found, '' AS difference, min(p.title) AS title, min(p.code) AS code, arg_min(p.label, (p.code, p.id)) AS label
FROM parented p
JOIN habit h ON h.table_id = p.table_id AND h.depth = length(p.parent)
WHERE NOT p.present AND h.with_parent >= 2 AND h.without <= greatest(1, h.with_parent / 4)
GROUP BY p.filing, p.table_id, p.parent

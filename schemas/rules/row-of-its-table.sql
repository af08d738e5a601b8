-- kind: 12
-- severity: must
-- promise-zh: 行所记的公开件、部门与年度就是它的表的。
-- promise-en: A row repeats the filing, department and year of its table.
-- zh: 行 {row_key} 说的{what}是 {found}，它所属的表或公开件是 {expected}
-- en: Row {row_key} says {found} as its {what_en}, but the table or filing it belongs to says {expected}
-- A row says again what its table and filing say: filing, department, year.
WITH repeated AS (
  SELECT l.filing, l.id, l.source, 'filing' AS what_en, '公开件' AS what, t.filing AS expected, l.filing AS found
  FROM line_items l JOIN tables t ON t.id = l.table_id
  UNION ALL
  SELECT l.filing, l.id, l.source, 'department', '部门', f.department, l.department FROM line_items l JOIN filings f ON f.id = l.filing
  UNION ALL
  SELECT l.filing, l.id, l.source, 'year', '年度', f.year::VARCHAR, l.year::VARCHAR FROM line_items l JOIN filings f ON f.id = l.filing
  WHERE l.year NOT BETWEEN f.year - 3 AND f.year + 1
)
SELECT filing, 'line_items' AS resource, id AS row_key, source, '' AS other_source, expected, found, '' AS difference, what, what_en
FROM repeated WHERE expected <> found

-- kind: 6
-- severity: should
-- promise-zh: 相邻各行的编码不是逐行加一、名称却不变。
-- promise-en: Codes do not rise by one from row to row while the name stays the same.
-- zh: 《{title}》从 {code} 起 {times} 行编码逐行加一，名称却都是“{label}”，像是拖动填充所致
-- en: In table {title}, {times} rows from {code} on have codes that rise by one but the same name “{label}”, as dragging a cell does
WITH coded AS (
  SELECT filing, table_id, title, label, code, position, id, source, code::BIGINT - row_number() OVER (PARTITION BY table_id, label ORDER BY position, code) AS run
  FROM (
    SELECT filing, table_id, title, called(label) AS label, split_part(CASE WHEN function <> '' THEN function ELSE economic END, '~', 1) AS code,
      min(position) AS position, arg_min(id, (position, id)) AS id, arg_min(source, (position, id)) AS source
    FROM amounts WHERE (function = '') <> (economic = '') AND code_printed <> '' AND project = '' GROUP BY ALL)
)
SELECT filing, 'line_items' AS resource, arg_min(id, (position, id)) AS row_key, arg_min(source, (position, id)) AS source, max(source) AS other_source,
  min(code) AS expected, max(code) AS found, '' AS difference, min(title) AS title, min(code) AS code, label, count(*) AS times
FROM coded GROUP BY filing, table_id, label, run HAVING count(*) >= 3

-- kind: 5
-- severity: should
-- promise-zh: 印刷的金额不细于分。
-- promise-en: A printed amount is no finer than a fen.
-- zh: 《{title}》“{label}”印为 {printed}{unit}，比分还细，金额单位可能有误
-- en: In table {title}, {label} is printed as {printed} {unit}, finer than a fen: the unit of money may be wrong
SELECT filing, 'line_items' AS resource, arg_min(id, (position, id)) AS row_key, arg_min(source, (position, id)) AS source, '' AS other_source,
  '' AS expected, arg_min(printed, (position, id)) AS found, '' AS difference, min(title) AS title,
  arg_min(label, (position, id)) AS label, arg_min(printed, (position, id)) AS printed, unit
FROM amounts
WHERE own_quantum < 0.0099 AND abs(amount * 100 - round(amount * 100)) > 0.0001
  AND length(regexp_extract(printed, '[.．]([0-9]+)', 1)) BETWEEN 1 AND 6
GROUP BY filing, table_id, unit

-- kind: 12
-- severity: must
-- promise-zh: 行中的科目就是印刷的编码所指的科目。
-- promise-en: The concept of a row is the one that its printed code means.
-- zh: “{label}”的科目编码印为 {printed}，行中却是 {found}
-- en: The code of {label} is printed as {printed}, but the row says {found}
WITH coded AS (
  SELECT filing, id, source, label, code_printed AS printed, regexp_replace(code_printed, '[^0-9]', '', 'g') AS digits,
    split_part(function, '~', 1) AS function, split_part(economic, '~', 1) AS economic
  FROM line_items WHERE regexp_matches(code_printed, '^[0-9 ]+$')
)
SELECT filing, 'line_items' AS resource, id AS row_key, source, '' AS other_source, digits AS expected,
  CASE WHEN function <> '' THEN function ELSE economic END AS found, '' AS difference, label, printed
FROM coded
WHERE length(digits) IN (3, 5, 7) AND (function <> '' OR economic <> '') AND digits NOT IN (function, economic)
  AND length(digits) >= length(CASE WHEN function <> '' THEN function ELSE economic END)

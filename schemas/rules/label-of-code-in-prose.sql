-- kind: 6
-- severity: should
-- promise-zh: 文字中编码的名称与表中相同。
-- promise-en: The prose calls a code what the table calls it.
-- needs: passages
-- zh: 文字把 {code} 称作“{said}”，《{title}》称作“{expected}”
-- en: The prose calls {code} “{said}”, table {title} calls it “{expected}”
-- Prose that gives code and name side by side: 行政运行（2010101）, or 公共安全支出（204类），
-- or code before name: 2080101行政运行.
WITH pairs AS (
  SELECT filing, source, unnest(regexp_extract_all(folded(text), '[\x{4e00}-\x{9fff}]{2,24}\([0-9]{3}(?:[0-9]{2}){0,2}\)')) AS pair
  FROM passages WHERE kind = 'explanation'
), following AS (
  SELECT filing, source, unnest(regexp_extract_all(folded(text), '(?:^|[^0-9.])(?:2[0-9]{6}|2[0-9]{4})[""]?[\x{4e00}-\x{9fff}]{2,24}')) AS pair
  FROM passages WHERE kind = 'explanation'
), said AS (
  SELECT filing, source, called(split_part(pair, '(', 1)) AS said, regexp_extract(pair, '\(([0-9]+)\)', 1) AS code FROM pairs
  UNION ALL
  SELECT filing, source, called(regexp_extract(pair, '[\x{4e00}-\x{9fff}]+$')), regexp_extract(pair, '([0-9]+)', 1) FROM following
), named AS (
  SELECT filing, CASE WHEN function <> '' THEN function ELSE economic END AS code, min(label) AS label, min(title) AS title, min(source) AS source
  FROM amounts WHERE (function = '') <> (economic = '') AND code_printed <> '' AND label <> '' AND project = '' GROUP BY ALL
)
SELECT s.filing, '' AS resource, '' AS row_key, s.source, n.source AS other_source, n.label AS expected, s.said AS found, '' AS difference,
  s.code, s.said, n.title
FROM said s JOIN named n ON n.filing = s.filing AND n.code = s.code
WHERE NOT same_name(s.said, called(n.label)) AND NOT ends_with(s.said, called(n.label)) AND NOT starts_with(s.said, called(n.label))

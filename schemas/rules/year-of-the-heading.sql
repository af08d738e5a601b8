-- kind: 11
-- severity: must
-- promise-zh: 文字标题写的年度就是公开件的年度。
-- promise-en: The year in a heading of the prose is that of the filing.
-- needs: passages
-- zh: 标题“{heading}”写的是 {found} 年，公开件是 {expected} 年的
-- en: The heading “{heading}” says {found}, but the filing is of {expected}
WITH headings AS (
  SELECT filing, kind, source, text, folded(text) AS folded_text FROM passages
  WHERE kind IN ('explanation', 'contents', 'caption', 'tables', 'glossary', '') AND length(text) < 60 AND NOT regexp_matches(text, '[。；;]')
)
SELECT h.filing, '' AS resource, '' AS row_key, h.source, '' AS other_source, f.year AS expected,
  regexp_extract(folded_text, '(20[0-9]{2})年', 1) AS found, regexp_extract(folded_text, '(20[0-9]{2})年', 1)::INTEGER - f.year AS difference,
  h.text AS heading
FROM headings h JOIN filings f ON f.id = h.filing
WHERE regexp_matches(folded_text, '20[0-9]{2}年度?.{0,30}(部门|单位)?.{0,12}(预算|决算|收入|支出|收支|经费).{0,12}(表|说明|情况|公开|编制)[0-9.…·]*$')
  AND len(regexp_extract_all(folded_text, '20[0-9]{2}年')) = 1 AND NOT regexp_matches(folded_text, '上年|比较|[0-9.]+(万元|元)|截至|执行情况')
  AND regexp_extract(folded_text, '(20[0-9]{2})年', 1)::INTEGER <> f.year

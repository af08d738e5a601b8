-- kind: 11
-- severity: should
-- promise-zh: 文字所写的年度就是公开件的年度，或作比较的上年。
-- promise-en: The year beside a figure of the prose is that of the filing, or the year it is compared with.
-- needs: passages
-- zh: 文字说“{said}”，公开件是 {expected} 年的
-- en: The prose says “{said}”, but the filing is of {expected}
-- The year before is named in comparisons and at the date of assets; any other year beside a figure of the filing's own is a slip.
WITH said AS (
  SELECT filing, source, folded(text) AS folded_text, unnest(regexp_extract_all(folded(text), '20[0-9]{2}年(?:度)?[^,。;:、0-9]{0,24}(?:预算|决算|支出|收入)(?:总计|合计|总额|数)?(?:为|共)?[0-9][0-9,.]*万?元')) AS said
  FROM passages WHERE kind = 'explanation'
)
SELECT s.filing, '' AS resource, '' AS row_key, s.source, '' AS other_source, f.year AS expected, regexp_extract(s.said, '(20[0-9]{2})', 1) AS found,
  regexp_extract(s.said, '(20[0-9]{2})', 1)::INTEGER - f.year AS difference, s.said
FROM said s JOIN filings f ON f.id = s.filing
WHERE regexp_extract(s.said, '(20[0-9]{2})', 1)::INTEGER NOT IN (f.year, f.year - 1)
  AND NOT regexp_matches(s.folded_text, '较20|比20|与20|同20')

-- kind: 11
-- severity: should
-- promise-zh: 标题中写明年度。
-- promise-en: A heading that names a year has its digits.
-- needs: passages
-- zh: 标题里的年份空着：“{found}”
-- en: A heading has lost its year: “{found}”
SELECT DISTINCT filing, '' AS resource, '' AS row_key, source, '' AS other_source, '' AS expected, text AS found, '' AS difference
FROM passages
WHERE kind IN ('explanation', 'tables', 'title', 'contents', 'caption') AND length(text) < 80 AND NOT regexp_matches(text, '[。；]')
  AND regexp_matches(folded(text), '(局|厅|委|委员会|办公室|院|会|中心|部门|单位|学校|政府|街道|处)年(部门|单位|项目|收支|收入|支出|财政|一般|政府|预算|决算|“|")')

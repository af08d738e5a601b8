-- kind: 11
-- severity: must
-- promise-zh: 该写数字的地方写有数字。
-- promise-en: A sentence that wants a figure has one.
-- needs: passages
-- zh: 该写数字的地方空着：“{found}”
-- en: A figure is missing where the sentence wants one: “{found}”
SELECT DISTINCT filing, '' AS resource, '' AS row_key, source, '' AS other_source, '' AS expected,
  regexp_extract(folded(text), '.{0,16}(?:预算数?|决算数?|支出|收入|经费|增加|减少|增长|下降|占)为?(?:万元|元|%).{0,8}') AS found, '' AS difference
FROM passages
WHERE kind = 'explanation'
  AND regexp_matches(folded(text), '(预算数?|决算数?|支出|收入|经费|增加|减少|增长|下降|占)为?(万元|元|%)')
  AND NOT regexp_matches(folded(text), '单位:|以元|以万元|\(万元|(支出|收入|经费|预算|决算)数?元')

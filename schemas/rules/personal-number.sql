-- kind: 11
-- severity: must
-- promise-zh: 公开件不含身份证号码或手机号码。
-- promise-en: A filing discloses no identity or mobile number of a person.
-- needs: passages cells
-- zh: 公开了{what}“{found}”
-- en: {what_en} is disclosed: “{found}”
-- An identity number has a valid check digit; a mobile number stands alone. Part of each is masked here.
WITH printed AS (
  SELECT filing, text, source FROM passages UNION ALL SELECT filing, text, source FROM cells
), numbers AS (
  SELECT filing, source, unnest(regexp_extract_all(folded(text), '(?:^|[^0-9])([1-9][0-9]{16}[0-9Xx])(?:$|[^0-9])', 1)) AS number, 'identity' AS kind FROM printed
  UNION ALL
  SELECT filing, source, unnest(regexp_extract_all(folded(text), '(?:^|[^0-9.])(1[3-9][0-9]{9})(?:$|[^0-9.])', 1)), 'mobile' FROM printed
), judged AS (
  SELECT *, CASE WHEN kind = 'identity' THEN substr('10X98765432', (list_sum(list_transform(range(1, 18),
    lambda i: substr(number, i::INTEGER, 1)::INTEGER * [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2][i::INTEGER])) % 11)::INTEGER + 1, 1) = upper(substr(number, 18, 1))
    AND substr(number, 11, 2)::INTEGER BETWEEN 1 AND 12 AND substr(number, 13, 2)::INTEGER BETWEEN 1 AND 31 ELSE true END AS valid
  FROM numbers
)
SELECT DISTINCT filing, '' AS resource, '' AS row_key, source, '' AS other_source, '' AS expected,
  number[:3] || '…' || number[length(number) - 1:] AS found, '' AS difference,
  CASE kind WHEN 'identity' THEN '身份证号' ELSE '手机号' END AS what, CASE kind WHEN 'identity' THEN 'An identity number' ELSE 'A mobile number' END AS what_en
FROM judged WHERE valid

-- kind: 3
-- severity: should
-- needs: passages
-- zh: 文字说{nature}包括“{name}”，《{title}》没有这一科目的金额
-- en: The prose names “{name}” among {nature_en}, but table {title} has no amount under that name
-- A row of that name printed as 0 is only worth a look: the list says what the money may be for. A name that any year's list gives to a code of the table is the same name.
WITH lists AS (
  SELECT filing, source, form, regexp_extract(folded(text), '(人员经费|公用经费)[^。:]{0,24}主要包括:([^。;()]+)', 1) AS nature,
    regexp_extract(folded(text), '(?:人员经费|公用经费)[^。:]{0,24}主要包括:([^。;]+)', 1) AS list
  FROM passages WHERE kind = 'explanation' AND form IN ('general-basic', 'appropriation-basic')
), names AS (
  SELECT filing, source, form, nature, name_of(regexp_replace(regexp_replace(part, '[0-9.]+(?:万元|元).*$', ''), '等.{0,3}$', '')) AS name
  FROM (SELECT filing, source, form, nature, unnest(string_split(regexp_replace(list, '\([^()]*\)', '', 'g'), '、')) AS part FROM lists)
), known AS (
  SELECT a.filing, a.form, name_of(a.label) AS name, sum(abs(a.amount)) AS amount
  FROM amounts a WHERE a.form IN ('general-basic', 'appropriation-basic') AND a.economic <> '' AND a.own GROUP BY ALL
  UNION ALL
  SELECT a.filing, a.form, name_of(n.name), sum(abs(a.amount))
  FROM amounts a JOIN code_names n ON n.scheme = 'economic' AND n.concept = a.economic
  WHERE a.form IN ('general-basic', 'appropriation-basic') AND a.own GROUP BY ALL
), titles AS (SELECT filing, form, any_value(title) AS title, any_value(source) AS source FROM tables WHERE filled = 'filled' GROUP BY ALL)
SELECT n.filing, '' AS resource, '' AS row_key, n.source, t.source AS other_source, '' AS expected, n.name AS found, '' AS difference,
  n.name, n.nature, CASE WHEN EXISTS (SELECT 1 FROM known k WHERE k.filing = n.filing AND k.form = n.form AND k.name = n.name) THEN 'info' ELSE 'should' END AS severity, CASE n.nature WHEN '人员经费' THEN 'personnel' ELSE 'running costs' END AS nature_en, t.title
FROM names n
JOIN titles t ON t.filing = n.filing AND t.form = n.form
WHERE length(n.name) BETWEEN 2 AND 20
  AND NOT EXISTS (SELECT 1 FROM known k WHERE k.filing = n.filing AND k.form = n.form AND k.amount > 0 AND k.name = n.name)

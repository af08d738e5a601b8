-- kind: 3
-- severity: should
-- promise-zh: 文字列举的经济科目在表中有金额。
-- promise-en: An economic code that the prose lists has an amount in the table.
-- needs: passages
-- zh: 文字说{nature}包括“{name}”，《{title}》没有这一科目的金额
-- en: The prose names “{name}” among {nature_en}, but table {title} has no amount under that name
-- A row of that name printed as 0, or a name looser than that of a row, is only worth a look: the list says what the money may be for. A name that any year's list gives
-- to a code of the table is the same name.
WITH known AS (
  SELECT a.filing, a.form, name_of(a.label) AS name, sum(abs(a.amount)) AS amount
  FROM amounts a WHERE a.form IN ('general-basic', 'appropriation-basic') AND a.economic <> '' AND a.own GROUP BY ALL
  UNION ALL
  SELECT a.filing, a.form, name_of(n.name), sum(abs(a.amount))
  FROM amounts a JOIN code_names n ON n.scheme = 'economic' AND n.concept = a.economic
  WHERE a.form IN ('general-basic', 'appropriation-basic') AND a.own GROUP BY ALL
), titles AS (SELECT filing, form, arg_min(title, id) AS title, arg_min(source, id) AS source FROM tables WHERE filled = 'filled' GROUP BY ALL)
SELECT n.filing, '' AS resource, '' AS row_key, n.source, t.source AS other_source, '' AS expected, n.name AS found, '' AS difference,
  n.name, n.nature, n.nature_en, t.title,
  CASE WHEN EXISTS (SELECT 1 FROM known k WHERE k.filing = n.filing AND k.form = n.form AND (k.name = n.name OR (k.amount > 0 AND letters_alike(k.name, n.name) > 0.99))) THEN 'info' ELSE 'should' END AS severity
FROM listed_names n
JOIN titles t ON t.filing = n.filing AND t.form = n.form
WHERE length(n.name) BETWEEN 2 AND 20
  AND NOT EXISTS (SELECT 1 FROM known k WHERE k.filing = n.filing AND k.form = n.form AND k.amount > 0 AND k.name = n.name)

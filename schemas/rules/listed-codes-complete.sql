-- kind: 3
-- severity: info
-- promise-zh: 文字列举经济科目时，不遗漏表中有金额的科目。
-- promise-en: A list of economic codes in the prose names each that has an amount in the table.
-- needs: passages
-- zh: 文字所列{nature}没有说到《{title}》中的 {economic} {label}（{found:money}）
-- en: The list of {nature_en} in the prose does not name {economic} {label} ({found:money}), which table {title} has
-- A list that ends in 等 leaves names out on purpose.
WITH printed AS (
  SELECT filing, form, economic, CASE WHEN economic[:3] IN ('301', '303') THEN '人员经费' ELSE '公用经费' END AS nature,
    arg_max(id, (amount, id)) AS id, arg_max(source, (amount, id)) AS source, max(amount) AS amount, arg_max(label, (amount, id)) AS label,
    arg_max(title, (amount, id)) AS title, arg_max(unit, (amount, id)) AS unit
  FROM amounts WHERE form IN ('general-basic', 'appropriation-basic') AND length(economic) >= 5 AND own AND amount > 0 GROUP BY ALL
)
SELECT r.filing, 'line_items' AS resource, r.id AS row_key, r.source, min(n.source) AS other_source, '' AS expected,
  r.amount AS found, r.amount AS difference, r.economic, r.label, r.title, r.unit, r.nature, min(n.nature_en) AS nature_en
FROM printed r
JOIN listed_names n ON n.filing = r.filing AND n.form = r.form AND n.nature = r.nature
LEFT JOIN code_names c ON c.scheme = 'economic' AND c.concept = r.economic
GROUP BY r.filing, r.form, r.economic, r.id, r.source, r.amount, r.label, r.title, r.unit, r.nature
HAVING NOT bool_or(n.open) AND NOT bool_or(n.name = name_of(r.label) OR n.name = name_of(coalesce(c.name, '')))

-- kind: 11
-- severity: should
-- promise-zh: 标准报表都已公开，或说明为何没有。
-- promise-en: Every standard table is disclosed, or its absence explained.
-- needs: passages
-- zh: 没有公开{name}，也没有说明
-- en: The filing lacks the table {name_en} and does not say why
-- The eight standard tables of a budget, from 2015 on; only of a filing whose tables were read. A sentence that there is no such money, or
-- that the table is not published, says why.
WITH standard (form, also) AS (
  VALUES ('balance', ''), ('revenue', ''), ('expenditure', ''), ('appropriation-balance', ''),
    ('general-expenditure', 'appropriation-expenditure'), ('general-basic', 'appropriation-basic'), ('three-public', ''), ('government-fund', '')
)
SELECT f.id AS filing, 'filings' AS resource, f.id AS row_key, min(d.file_name) AS source, '' AS other_source, s.form AS expected, '' AS found,
  '' AS difference, min(n.name) AS name, min(n.name_en) AS name_en
FROM filings f
JOIN standard s ON true
JOIN forms n ON n.id = s.form
JOIN documents d ON d.filing = f.id
WHERE (SELECT count(DISTINCT t.form) FROM tables t WHERE t.filing = f.id AND t.form IN (SELECT form FROM standard)) >= 4
  AND NOT EXISTS (SELECT 1 FROM tables t WHERE t.filing = f.id AND t.form <> '' AND t.form IN (s.form, s.also))
  AND NOT EXISTS (SELECT 1 FROM passages p WHERE p.filing = f.id AND p.kind IN ('explanation', 'tables', 'note')
    AND ((p.form = s.form AND regexp_matches(folded(p.text), '[未不]予?公开|未编制|空表'))
      OR (s.form = 'government-fund' AND regexp_matches(folded(p.text), '(无|没有|未安排|不涉及|不存在)[^。;,，；]{0,12}政府性基金'))))
GROUP BY f.id, s.form

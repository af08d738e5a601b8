-- kind: 11
-- severity: should
-- promise-zh: 空表说明为空的原因。
-- promise-en: An empty table says why it is empty.
-- needs: passages
-- zh: 《{title}》是空表，没有说明原因
-- en: Table {title} is empty and nothing says why
-- A table printed with its rows and columns all blank is as good as a sentence where other text of the filing says there is none.
SELECT t.filing, 'tables' AS resource, t.id AS row_key, t.source, '' AS other_source, '' AS expected, '' AS found, '' AS difference, t.title
FROM tables t
JOIN forms f ON f.id = t.form
WHERE t.filled = 'blank' AND t.form IN ('balance', 'revenue', 'expenditure', 'appropriation-balance', 'general-expenditure', 'general-basic',
    'government-fund', 'state-capital', 'three-public', 'appropriation-expenditure', 'appropriation-basic')
  AND NOT EXISTS (SELECT 1 FROM statements s WHERE s.filing = t.filing AND s.value = 0 AND (s.fund = t.form OR s.form = t.form))
  AND NOT EXISTS (SELECT 1 FROM passages p WHERE p.filing = t.filing AND regexp_matches(p.text, '无|没有|未安排|不涉及|不存在')
    AND contains(p.text, CASE t.form WHEN 'government-fund' THEN '政府性基金' WHEN 'state-capital' THEN '国有资本' WHEN 'three-public' THEN '三公' ELSE f.name END))

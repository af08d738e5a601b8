-- kind: 11
-- severity: should
-- promise-zh: 空表的说明说的是这张表的资金。
-- promise-en: The note of an empty table is about the fund of that table.
-- zh: 《{title}》的空表说明写的是“{note}”，说的是另一种资金
-- en: The note of the empty table {title} is about another fund: “{note}”
SELECT t.filing, 'tables' AS resource, t.id AS row_key, t.source, '' AS other_source,
  CASE t.form WHEN 'government-fund' THEN '政府性基金' ELSE '国有资本经营' END AS expected, t.note AS found, '' AS difference, t.title, t.note
FROM tables t
WHERE t.note <> '' AND t.filled <> 'filled'
  AND ((t.form = 'government-fund' AND contains(t.note, '国有资本') AND NOT contains(t.note, '政府性基金'))
    OR (t.form = 'state-capital' AND contains(t.note, '政府性基金') AND NOT contains(t.note, '国有资本')))

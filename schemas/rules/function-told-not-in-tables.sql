-- kind: 3
-- severity: should
-- promise-zh: 文字所说的支出科目见于表中。
-- promise-en: A function whose amount the prose tells is in a table.
-- zh: 文字说“{label}”{found:money}，各表中都没有 {function} 这一科目
-- en: The prose says {found:money} of “{label}”, but no table of the filing has {function}
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, '' AS other_source,
  '' AS expected, s.value AS found, s.value AS difference, s.label, s.function, s.unit
FROM told s
WHERE s.own AND s.measure = 'level' AND s.subject = '' AND length(s.function) >= 7 AND s.value > 0
  AND EXISTS (SELECT 1 FROM amounts a WHERE a.filing = s.filing AND length(a.function) >= 7)
  AND NOT EXISTS (SELECT 1 FROM amounts a WHERE a.filing = s.filing AND a.function = s.function)

-- kind: 3
-- severity: must
-- promise-zh: 空表对应的金额，文字也不说有。
-- promise-en: Where a table is empty, the prose tells no amount that belongs in it.
-- zh: 文字说“{label}”{found:money}，《{title}》却是空表
-- en: The prose says {found:money} of “{label}”, but table {title} is empty
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, t.source AS other_source,
  0 AS expected, s.value AS found, s.value AS difference, s.label, t.title, s.unit
FROM told s
JOIN tables t ON t.filing = s.filing AND t.form = CASE WHEN s.fund IN ('government-fund', 'state-capital') THEN s.fund ELSE s.form END
WHERE s.own AND s.measure = 'level' AND s.subject = '' AND s.value > 0 AND t.filled <> 'filled'
  AND t.form IN ('government-fund', 'state-capital', 'three-public')
  AND NOT EXISTS (SELECT 1 FROM tables o WHERE o.filing = t.filing AND o.form = t.form AND o.filled = 'filled')

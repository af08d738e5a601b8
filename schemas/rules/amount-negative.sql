-- kind: 1
-- severity: should
-- promise-zh: 收入和支出的金额不为负数。
-- promise-en: No amount of revenue or expenditure is negative.
-- zh: 《{title}》“{label}”{heading}为负数 {found:money}
-- en: In table {title}, {label} shows a negative amount of {found:money} under {heading}
SELECT filing, 'line_items' AS resource, id AS row_key, source, '' AS other_source, '' AS expected, amount AS found,
  '' AS difference, title, label, heading, unit
FROM amounts
WHERE amount < 0 AND role <> 'balance' AND item NOT IN ('opening-balance', 'closing-balance', 'distribution', 'surplus-use')

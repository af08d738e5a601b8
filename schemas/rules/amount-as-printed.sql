-- kind: 12
-- severity: must
-- promise-zh: 金额等于印刷的数字乘以它的金额单位。
-- promise-en: An amount is the printed figure times its unit of money.
-- zh: “{label}”印为 {printed}{unit}，即 {expected} 元，amount 却是 {found} 元
-- en: {label} is printed as {printed} {unit}, that is {expected} yuan, but the amount is {found}
-- Where a reviewed correction is applied, they differ by right.
WITH figures AS (
  SELECT filing, 'line_items' AS resource, id, source, label, printed, unit, amount AS value FROM line_items
  UNION ALL
  SELECT filing, 'statements', id, source, label, printed, unit, value FROM statements
  WHERE measure = 'level' AND unit IN ('元', '千元', '万元', '万', '百万元', '亿元', '亿')
), plain AS (
  SELECT *, regexp_replace(translate(folded(printed), '−–—，, ', '---'), '^\((.*)\)$', '-\1') AS digits FROM figures
)
SELECT filing, resource, id AS row_key, source, '' AS other_source, try_cast(digits AS DECIMAL(30, 6)) * yuan_of(unit) AS expected,
  value AS found, value - try_cast(digits AS DECIMAL(30, 6)) * yuan_of(unit) AS difference, label, printed, unit
FROM plain
WHERE regexp_matches(digits, '^-?[0-9]+([.][0-9]+)?$') AND abs(abs(value) - abs(try_cast(digits AS DECIMAL(30, 6)) * yuan_of(unit))) > 0.005
  AND NOT EXISTS (SELECT 1 FROM fixes f WHERE f.filing = plain.filing AND f.place = plain.source)

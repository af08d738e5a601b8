-- kind: 1
-- severity: should
-- promise-zh: 同一科目在一张表中只印一行。
-- promise-en: A table prints the row of a code once.
-- zh: 《{title}》“{code} {label}”印了 {times} 行，“{heading}”栏分别为同一金额 {found:money}
-- en: In table {title}, the row {code} {label} is printed {times} times with the same amount of {found:money} under {heading}
SELECT filing, 'line_items' AS resource, arg_max(id, (position, id)) AS row_key, arg_max(source, (position, id)) AS source,
  arg_min(source, (position, id)) AS other_source, 1 AS expected, count(*) AS times, min(amount) AS found,
  min(amount) AS difference, min(title) AS title, min(label) AS label, min(heading) AS heading,
  min(function || economic) AS code, min(unit) AS unit
FROM amounts
WHERE code_printed <> '' AND (function <> '' OR economic <> '') AND amount <> 0 AND item = '' AND role <> 'total'
GROUP BY filing, table_id, year, phase, direction, function, economic, fund, nature, project, row_unit, label, heading, amount
HAVING count(*) > 1
QUALIFY row_number() OVER (PARTITION BY filing, table_id, function, economic, project, label ORDER BY min(position), min(id)) = 1

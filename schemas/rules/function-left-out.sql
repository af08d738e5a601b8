-- kind: 3
-- severity: should
-- promise-zh: 文字逐项说明支出科目时，不遗漏表中的科目。
-- promise-en: Prose that goes through the functions one by one leaves none of the table out.
-- zh: 文字逐项说明了 {listed} 个支出科目，却没有说表中的 {function} {label}（{found:money}）
-- en: The prose goes through {listed} functions one by one but leaves out {function} {label} ({found:money}), which the table has
WITH tabled AS (
  SELECT filing, year, phase, function, arg_max(id, (amount, id)) AS id, arg_max(source, (amount, id)) AS source, max(amount) AS amount,
    arg_max(label, (amount, id)) AS label, arg_max(unit, (amount, id)) AS unit
  FROM amounts
  WHERE own AND direction = 'expenditure' AND form IN ('general-expenditure', 'appropriation-expenditure', 'expenditure')
    AND length(function) >= 7 AND amount <> 0 AND project = ''
  GROUP BY ALL
), spoken AS (
  SELECT DISTINCT filing, year, phase, function, min(source) AS source FROM told
  WHERE own AND measure = 'level' AND length(function) >= 7 AND subject = '' GROUP BY ALL
), counted AS (
  SELECT t.filing, t.year, t.phase, count(*) AS codes, count(s.function) AS listed, min(s.source) AS source
  FROM tabled t LEFT JOIN spoken s USING (filing, year, phase, function) GROUP BY ALL
)
SELECT t.filing, 'line_items' AS resource, t.id AS row_key, t.source, c.source AS other_source,
  '' AS expected, t.amount AS found, t.amount AS difference, t.function, t.label, t.unit, c.listed
FROM tabled t
JOIN counted c USING (filing, year, phase)
WHERE c.listed >= 3 AND c.listed >= 0.6 * c.codes
  AND NOT EXISTS (SELECT 1 FROM spoken s WHERE s.filing = t.filing AND s.year = t.year AND s.phase = t.phase AND s.function = t.function)
  -- The same amount told under a name that means no code of the list is no gap but another mistake.
  AND NOT EXISTS (SELECT 1 FROM told s WHERE s.filing = t.filing AND s.measure = 'level' AND abs(s.value - t.amount) <= s.quantum
    AND length(s.function) < 7)

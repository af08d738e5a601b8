-- kind: 3
-- severity: must
-- promise-zh: 文字对同一金额的说法前后一致。
-- promise-en: The prose tells one amount the same way throughout.
-- zh: 文字对“{label}”前后说法不一：一处为 {expected:money}，一处为 {found:money}
-- en: The prose contradicts itself on “{label}”: {expected:money} in one place, {found:money} in another
-- For amounts that no table of the filing prints.
WITH repeated AS (
  SELECT s.*, first_value(value) OVER told_before AS first_value, first_value(source) OVER told_before AS first_source,
    first_value(quantum) OVER told_before AS first_quantum
  FROM told s
  WHERE s.measure = 'level' AND s.subject = '' AND s.form <> '' AND s.item <> '' AND s.project = ''
    AND regexp_matches(s.label, '采购|购买|因公出国|公务用车|接待|三公|会议费|培训费')
    AND s.id NOT IN (SELECT statement FROM told_in_tables)
  WINDOW told_before AS (PARTITION BY s.filing, s.year, s.phase, s.form, s.direction, s.function, s.economic, s.nature, s.item
    ORDER BY s.position, s.id)
)
SELECT filing, 'statements' AS resource, id AS row_key, source, first_source AS other_source,
  first_value AS expected, value AS found, value - first_value AS difference, label, unit
FROM repeated
WHERE NOT same_amount(value, quantum, first_value, first_quantum) AND NOT rounded_amount(value, own_quantum, first_value)

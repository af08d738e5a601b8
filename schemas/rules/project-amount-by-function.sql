-- kind: 2
-- severity: must
-- promise-zh: 一个功能科目的各项目之和等于该科目的项目支出。
-- promise-en: The projects of a function add up to its project expenditure.
-- zh: {function} {label}的项目在《{title}》相加为 {found:money}，《{other}》的项目支出为 {expected:money}，相差 {difference:money}
-- en: The projects of {function} {label} add up to {found:money} in table {title}, but table {other} shows project expenditure of {expected:money}, off by {difference:money}
WITH listed AS (
  SELECT p.filing, p.year, p.phase, p.function, p.table_id, sum(p.amount) AS amount, count(*) AS terms, max(p.quantum) AS quantum,
    arg_min(p.id, (p.position, p.id)) AS id, arg_min(p.source, (p.position, p.id)) AS source, min(p.title) AS title, min(p.unit) AS unit
  FROM amounts p
  WHERE p.form IN ('projects', 'general-projects') AND p.project <> '' AND p.function <> '' AND p.economic = ''
    AND p.fund = '' AND p.item = ''
  GROUP BY ALL
)
SELECT l.filing, 'line_items' AS resource, l.id AS row_key, l.source, arg_min(e.source, (abs(e.amount - l.amount), e.id)) AS other_source,
  arg_min(e.amount, (abs(e.amount - l.amount), e.id)) AS expected, l.amount AS found,
  l.amount - arg_min(e.amount, (abs(e.amount - l.amount), e.id)) AS difference, l.function, arg_min(e.label, (abs(e.amount - l.amount), e.id)) AS label, l.title,
  arg_min(e.title, (abs(e.amount - l.amount), e.id)) AS other, l.unit
FROM listed l
JOIN amounts e ON e.filing = l.filing AND e.year = l.year AND e.phase = l.phase AND e.function = l.function AND e.nature = 'project'
  AND e.form IN ('expenditure', 'general-expenditure') AND e.economic = '' AND e.project = '' AND e.row_unit = ''
GROUP BY l.filing, l.table_id, l.function, l.amount, l.terms, l.quantum, l.id, l.source, l.title, l.unit
HAVING min(abs(e.amount - l.amount) - (l.terms + 1) * greatest(e.quantum, l.quantum)) > 0.000001

-- group: prose
-- order: 1
-- title: 文字所述数字改动
-- title-en: Figures of the prose changed
-- zh: 文字“{label}”{measure}：{old:money} → {new:money} {unit}
-- en: prose of {label} ({measure}): {old:money} → {new:money} {unit}
SELECT n.filing, 'statements' AS resource, n.id AS row_key, n.line, n.position AS rank, n.source, 'value' AS field, o.value AS old, n.value AS new,
  n.value - o.value AS difference, n.unit, coalesce(nullif(n.label, ''), split_part(n.id, '#s;', 2)) AS label, n.measure
FROM was.statements o JOIN now.statements n ON n.id = o.id WHERE o.value IS DISTINCT FROM n.value

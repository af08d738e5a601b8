-- kind: 8
-- severity: should
-- promise-zh: 没有支出的事项，文字也不说有数量。
-- promise-en: Where no money was spent on an item, the prose counts nothing of it.
-- zh: {item_name}支出为 0，文字却说有 {found}{unit}
-- en: No money was spent on {item_name_en}, yet the prose counts {found}
SELECT c.filing, 'statements' AS resource, c.id AS row_key, c.source, min(a.source) AS other_source, 0 AS expected, c.value::INTEGER AS found,
  c.value::INTEGER AS difference, c.unit, min(i.name) AS item_name, min(i.name_en) AS item_name_en
FROM told c
JOIN (VALUES ('delegations', 'overseas'), ('overseas-persons', 'overseas'), ('reception-batches', 'reception'), ('reception-persons', 'reception'),
  ('vehicles-bought', 'vehicle-purchase')) AS x(subject, item) ON x.subject = c.subject
JOIN amounts a ON a.filing = c.filing AND a.form = 'three-public' AND a.item = x.item AND a.own
JOIN items i ON i.id = x.item
WHERE c.own AND c.measure = 'count' AND c.value > 0
GROUP BY c.filing, c.id, c.source, c.value, c.unit
HAVING max(a.amount) = 0

-- kind: 2
-- severity: must
-- promise-zh: “三公”经费的每一项不小于基本支出中相应的经济科目。
-- promise-en: Each of the three public expenses is no less than its economic code within basic expenditure.
-- zh: 《{title}》{economic} {label} {found:money}，大于《{other}》的{item_name} {expected:money}
-- en: Table {title} has {found:money} under {economic} {label}, more than the {expected:money} of {item_name_en} in table {other}
-- Basic expenditure is part of all expenditure: a code of one of the three public expenses cannot exceed its item.
WITH pairs (economic, item) AS (
  VALUES ('30212', 'overseas'), ('30217', 'reception'), ('30231', 'vehicle-running'), ('31013', 'vehicle-purchase'),
    ('30215', 'meetings'), ('30216', 'training')
), coded AS (
  SELECT a.filing, a.year, a.phase, p.item, a.economic, a.label, a.amount, a.quantum, a.id, a.source, a.title, a.unit
  FROM amounts a JOIN pairs p ON p.economic = a.economic
  WHERE a.form = 'general-basic' AND a.function = '' AND a.nature IN ('basic', '')
), items_told AS (
  SELECT filing, year, phase, item, max(amount) AS amount, max(quantum) AS quantum, arg_max(source, (amount, id)) AS source,
    arg_max(title, (amount, id)) AS title
  FROM amounts WHERE form = 'three-public' AND item IN (SELECT item FROM pairs) GROUP BY ALL
)
SELECT c.filing, 'line_items' AS resource, c.id AS row_key, c.source, i.source AS other_source,
  i.amount AS expected, c.amount AS found, c.amount - i.amount AS difference, c.economic, c.label, c.title, i.title AS other, c.unit,
  n.name AS item_name, n.name_en AS item_name_en
FROM coded c
JOIN items_told i ON i.filing = c.filing AND i.year = c.year AND i.phase = c.phase AND i.item = c.item
JOIN items n ON n.id = c.item
WHERE c.amount > i.amount + greatest(c.quantum, i.quantum) + 0.000001 AND NOT unit_slip(c.amount, i.amount)

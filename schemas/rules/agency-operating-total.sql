-- kind: 2
-- severity: should
-- promise-zh: 机关运行经费不大于一般公共预算基本支出中的公用经费。
-- promise-en: The cost of operating the agency is no more than the running costs of basic expenditure.
-- zh: 机关运行经费 {found:money}，大于一般公共预算基本支出中的公用经费 {expected:money}
-- en: The cost of operating the agency is {found:money}, more than all running costs of basic expenditure, {expected:money}
WITH running AS (
  SELECT filing, year, phase, arg_max(amount, (nature = 'running-costs', source)) AS amount, max(quantum) AS quantum, min(source) AS source
  FROM (
    SELECT filing, year, phase, nature, amount, quantum, source FROM amounts
    WHERE form = 'general-basic' AND nature = 'running-costs' AND economic = '' AND function = ''
    UNION ALL
    SELECT filing, year, phase, 'classes', sum(amount), max(quantum), min(source) FROM amounts
    WHERE form = 'general-basic' AND role = 'item' AND economic <> '' AND economic[:3] NOT IN ('301', '303') GROUP BY ALL
  ) GROUP BY ALL
)
SELECT o.filing, 'line_items' AS resource, o.id AS row_key, o.source, r.source AS other_source,
  r.amount AS expected, o.amount AS found, o.amount - r.amount AS difference, o.unit
FROM amounts o
JOIN running r ON r.filing = o.filing AND r.year = o.year AND r.phase = o.phase
WHERE o.form = 'agency-operating' AND o.economic = '' AND o.role IN ('total', 'item') AND o.year >= 2018
  AND o.amount > r.amount + 2 * greatest(o.quantum, r.quantum) + 0.000001 AND NOT unit_slip(o.amount, r.amount)

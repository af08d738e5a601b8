-- kind: 4
-- severity: must
-- promise-zh: 文字所述的完成率等于决算除以预算。
-- promise-en: A stated rate of completion is the account divided by the budget.
-- zh: 文字说完成预算的 {printed}%，按决算 {level:money} ÷ 预算 {budget:money} 应为 {expected}%
-- en: The prose says {printed}% of the budget was carried out; {level:money} of {budget:money} is {expected}%
WITH checked AS (
  SELECT r.*, b.value AS budget, b.source AS budget_source, 100.0 * r.level / b.value AS computed,
    100.0 * (r.level_quantum + r.level / b.value * b.quantum) / b.value AS slack
  FROM said_of r
  JOIN told b ON b.filing = r.filing AND b.measure = 'level' AND b.form = r.form AND b.direction = r.direction
    AND b.function = r.function AND b.economic = r.economic AND b.fund = r.fund AND b.nature = r.nature
    AND b.item = r.item AND b.project = r.project AND b.subject = r.subject AND b.year = r.year
    AND b.phase = CASE r.basis WHEN 'adjusted-budget' THEN 'adjusted' ELSE 'approved' END
  WHERE r.measure = 'completion' AND b.value > 0 AND r.level IS NOT NULL
)
SELECT filing, 'statements' AS resource, id AS row_key, source, arg_min(budget_source, (abs(value - computed), budget_source)) AS other_source,
  round(arg_min(computed, (abs(value - computed), budget_source)), decimals(printed)::INTEGER) AS expected, value AS found,
  value - round(arg_min(computed, (abs(value - computed), budget_source)), decimals(printed)::INTEGER) AS difference, printed, level, arg_min(budget, (abs(value - computed), budget_source)) AS budget, '万元' AS unit
FROM checked
GROUP BY filing, id, source, value, printed, level
HAVING min(abs(value - computed) - power(10, -decimals(printed)) - slack) > 0

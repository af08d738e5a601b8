-- Views of the SQLite file: codes with their names, and the questions most often asked.

CREATE VIEW figures AS
SELECT l.id, d.name AS department_name, l.year, l.phase, f.name AS form_name, l.direction,
  l.function, fn.name AS function_name, l.economic, ec.name AS economic_name, fu.name AS fund_name, na.name AS nature_name,
  it.name AS item_name, pr.name AS project_name, l.role, l.label, l.heading, l.amount, l.printed, l.unit, l.source,
  l.filing, l.table_id, l.department, l.form, l.item, l.nature, l.fund, l.project
FROM line_items l
LEFT JOIN departments d ON d.id = l.department
LEFT JOIN forms f ON f.id = l.form
LEFT JOIN functions fn ON fn.id = l.function
LEFT JOIN department_economics ec ON ec.id = l.economic
LEFT JOIN funds fu ON fu.id = l.fund
LEFT JOIN natures na ON na.id = l.nature
LEFT JOIN items it ON it.id = l.item
LEFT JOIN projects pr ON pr.id = l.project;

-- Leaves of the filing's own year and phase: the only figures that may be summed within one form.
CREATE VIEW items_to_sum AS
SELECT g.* FROM figures g JOIN filings f ON f.id = g.filing
WHERE g.role = 'item' AND g.year = f.year AND g.phase = CASE f.phase WHEN 'final' THEN 'executed' ELSE 'approved' END;

CREATE VIEW expenditure_by_function AS
SELECT department_name, year, phase, substr(function, 1, 3) AS class,
  (SELECT name FROM functions WHERE id = substr(i.function, 1, 3)) AS class_name, sum(amount) AS amount
FROM items_to_sum i WHERE form = 'expenditure' AND function IS NOT NULL
GROUP BY department, year, phase, substr(function, 1, 3) ORDER BY department_name, year, phase, amount DESC;

CREATE VIEW three_public AS
SELECT department_name, year, phase, item_name, amount, printed, unit, source
FROM figures WHERE form = 'three-public' AND item IS NOT NULL ORDER BY department_name, year, phase, item_name;

CREATE VIEW stated_changes AS
SELECT d.name AS department_name, s.year, s.label, s.word, s.value AS change, s.printed, s.unit, s.basis, s.reason, s.source
FROM statements s JOIN filings f ON f.id = s.filing JOIN departments d ON d.id = f.department
WHERE s.measure = 'change' ORDER BY d.name, s.year;

CREATE VIEW findings_by_department AS
SELECT d.name AS department_name, f.year, x.rule, x.severity, x.status, x.message, x.expected, x.found, x.difference, x.source
FROM findings x JOIN filings f ON f.id = x.filing JOIN departments d ON d.id = f.department ORDER BY d.name, f.year, x.rule;

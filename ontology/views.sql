-- Rows of the package as the graph needs them: derived columns that columns.csv maps to triples.
-- An empty coordinate is the concept _T of its list (all of it), so that no dimension is ever missing.

CREATE MACRO all_of(concept) AS CASE WHEN concept = '' THEN '_T' ELSE concept END;

-- Economic codes of the 5xx series are the government's classification, all others the departments'.
CREATE MACRO economic_path(concept) AS
  CASE WHEN concept = '' THEN 'economic/_T' WHEN concept LIKE '5%' THEN 'government-economic/' || concept
  ELSE 'economic/' || concept END;

CREATE MACRO project_path(project) AS CASE WHEN project = '' THEN 'code/project/_T' ELSE 'project/' || project END;

CREATE MACRO obeu_phase(phase) AS CASE phase WHEN 'adjusted' THEN 'revised' ELSE phase END;

CREATE MACRO unit_mult(unit) AS CASE unit
  WHEN '元' THEN 0 WHEN '千元' THEN 3 WHEN '万元' THEN 4 WHEN '万' THEN 4 WHEN '百万元' THEN 6 WHEN '亿元' THEN 8 WHEN '亿' THEN 8 END;

-- Every printed amount that is revenue or expenditure, in its cube. Balances stand on the side they are printed on.
CREATE VIEW observations AS
SELECT l.*, all_of(l.function) AS function_concept, all_of(l.fund) AS fund_concept, all_of(l.nature) AS nature_concept,
  all_of(l.item) AS item_concept, economic_path(l.economic) AS economic_path, project_path(l.project) AS project_path,
  obeu_phase(l.phase) AS budget_phase, unit_mult(l.unit) AS unit_mult,
  CASE WHEN l.direction <> '' THEN l.direction
    WHEN l.item IN ('closing-balance', 'distribution') THEN 'expenditure' ELSE 'revenue' END AS side,
  split_part(l.id, '#', 2) AS cell,
  CASE WHEN l.role <> 'item' THEN '/totals'
    WHEN l.year <> f.year OR l.phase <> CASE f.phase WHEN 'final' THEN 'executed' ELSE 'approved' END THEN '/comparisons'
    WHEN d.scope = '单位' THEN '/units' ELSE '' END AS part,
  t.document, split_part(l.source, '#', 2) AS fragment
FROM line_items l
JOIN filings f ON f.id = l.filing
JOIN departments d ON d.id = l.department
JOIN tables t ON t.id = l.table_id
WHERE l.direction <> '' OR l.item IN ('opening-balance', 'closing-balance', 'surplus-use', 'distribution');

-- What the prose says of last year: a stated change taken from this year's figure of the same coordinates.
CREATE VIEW changes AS
SELECT c.*, coalesce(s.value, l.amount) AS level, coalesce(s.id, '') AS level_statement, coalesce(l.id, '') AS level_item
FROM statements c
LEFT JOIN LATERAL (
  SELECT s.id, s.value FROM statements s
  WHERE s.filing = c.filing AND s.measure = 'level' AND s.year = c.year AND s.phase = c.phase AND s.form = c.form
    AND s.direction = c.direction AND s.function = c.function AND s.economic = c.economic AND s.fund = c.fund
    AND s.nature = c.nature AND s.item = c.item AND s.project = c.project AND s.subject = c.subject
  ORDER BY s.id LIMIT 1
) s ON true
LEFT JOIN LATERAL (
  SELECT l.id, l.amount FROM line_items l
  WHERE s.id IS NULL AND l.filing = c.filing AND l.form = c.form AND l.year = c.year AND l.phase = c.phase
    AND (c.direction = '' OR l.direction = c.direction) AND l.function = c.function AND l.economic = c.economic
    AND l.nature = c.nature AND l.project = c.project AND l.fund IN (c.fund, '')
    AND l.item IN (c.item, CASE c.item WHEN 'three-public' THEN '' ELSE c.item END)
  ORDER BY l.position LIMIT 1
) l ON true
WHERE c.measure = 'change' AND c.subject = '' AND c.form <> '';

-- One back-cast per department, year, coordinates and basis; `leaf` where no other of the same form and basis
-- speaks of a part of it, by function first and by nature where no function is told.
CREATE VIEW backcasts AS
WITH stated AS (
  SELECT filing, form, direction, function, economic, fund, nature, item, project, basis, year - 1 AS year,
    min(level - value) AS amount, count(*) AS statements, min(id) AS first_statement
  FROM changes WHERE level IS NOT NULL AND year IS NOT NULL
  GROUP BY filing, form, direction, function, economic, fund, nature, item, project, basis, year
)
SELECT b.*, f.department,
  b.filing || '#b;' || concat_ws(';', b.form, nullif(b.direction, ''), nullif(b.function, ''), nullif(b.economic, ''),
    nullif(b.fund, ''), nullif(b.nature, ''), nullif(b.item, ''), nullif(split_part(b.project, '-', -1), ''), b.basis) AS id,
  all_of(b.function) AS function_concept, all_of(b.fund) AS fund_concept, all_of(b.nature) AS nature_concept,
  all_of(b.item) AS item_concept, economic_path(b.economic) AS economic_path, project_path(b.project) AS project_path,
  CASE WHEN b.direction = '' THEN 'expenditure' ELSE b.direction END AS side,
  CASE WHEN b.basis = 'prior-year-execution' OR f.phase = 'final' THEN 'executed' ELSE 'approved' END AS budget_phase,
  NOT EXISTS (
    SELECT 1 FROM stated o
    WHERE o.filing = b.filing AND o.form = b.form AND o.basis = b.basis AND o.direction = b.direction
      AND (o.function, o.economic, o.fund, o.nature, o.item, o.project)
        <> (b.function, b.economic, b.fund, b.nature, b.item, b.project)
      AND starts_with(o.function, b.function) AND starts_with(o.economic, b.economic) AND b.fund IN (o.fund, '')
      AND (b.nature IN (o.nature, '') OR (b.nature = 'basic' AND o.nature IN ('personnel', 'running-costs')))
      AND (b.item IN (o.item, '') OR (b.item = 'vehicles' AND o.item LIKE 'vehicle-%')
        OR (b.item = 'three-public' AND o.item IN ('overseas', 'vehicles', 'vehicle-purchase', 'vehicle-running', 'reception')))
      AND b.project IN (o.project, '')
  ) AND NOT (b.function = '' AND b.nature <> '' AND EXISTS (
    SELECT 1 FROM stated o
    WHERE o.filing = b.filing AND o.form = b.form AND o.basis = b.basis AND o.direction = b.direction
      AND o.function <> '' AND o.nature IN ('', b.nature) AND b.fund IN (o.fund, '')
  )) AS leaf
FROM stated b JOIN filings f ON f.id = b.filing;

CREATE VIEW backcast_sources AS
SELECT b.id, c.id AS statement, c.level_statement, c.level_item
FROM backcasts b JOIN changes c ON c.filing = b.filing AND c.form = b.form AND c.direction = b.direction
  AND c.function = b.function AND c.economic = b.economic AND c.fund = b.fund AND c.nature = b.nature
  AND c.item = b.item AND c.project = b.project AND c.basis = b.basis AND c.year = b.year + 1
WHERE c.level IS NOT NULL;

CREATE VIEW told AS
SELECT s.*, all_of(s.function) AS function_concept, all_of(s.fund) AS fund_concept, all_of(s.nature) AS nature_concept,
  all_of(s.item) AS item_concept, economic_path(s.economic) AS economic_path, project_path(s.project) AS project_path,
  obeu_phase(s.phase) AS budget_phase, d.sha256 AS document, split_part(s.source, '#', 2) AS fragment,
  f.department,
  CASE WHEN s.unit IN ('元', '千元', '万元', '万', '百万元', '亿元', '亿') THEN 'CNY'
    WHEN s.measure IN ('rate', 'share', 'completion') THEN 'PERCENT' ELSE '' END AS value_unit
FROM statements s
JOIN filings f ON f.id = s.filing
LEFT JOIN documents d ON d.filing = s.filing AND d.file_name = split_part(s.source, '#', 1);

CREATE VIEW targets AS
SELECT i.*, CASE WHEN i.project = '' THEN 'filing/' ELSE 'project/' END || i.id AS path, f.department, f.year,
  d.sha256 AS document, split_part(i.source, '#', 2) AS fragment,
  CASE i.unit WHEN '百分比' THEN 'PERCENT' WHEN '元' THEN 'CNY' WHEN '天' THEN 'DAY' WHEN '小时' THEN 'HR'
    WHEN '平方米' THEN 'M2' WHEN '月' THEN 'MO' WHEN '年' THEN 'YR' ELSE '' END AS qudt_unit
FROM indicators i
JOIN filings f ON f.id = i.filing
LEFT JOIN documents d ON d.filing = i.filing AND d.file_name = split_part(i.source, '#', 1);

-- All concepts of all lists in one shape, with `_T` for every list that is a dimension.
CREATE VIEW concepts AS
SELECT 'function' AS scheme, id, code AS notation, name, '' AS name_en, parent, level, evidence, first_year, last_year FROM functions
UNION ALL SELECT 'economic', id, code, name, '', parent, level, evidence, first_year, last_year FROM department_economics
UNION ALL SELECT 'government-economic', id, code, name, '', parent, level, evidence, first_year, last_year FROM government_economics
UNION ALL SELECT 'cofog', id, id, name, name_en, parent, length(id) // 2, 'official', 1999, NULL FROM cofog
UNION ALL SELECT 'form', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM forms
UNION ALL SELECT 'item', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM items
UNION ALL SELECT 'fund', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM funds
UNION ALL SELECT 'nature', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM natures
UNION ALL SELECT 'role', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM roles
UNION ALL SELECT 'subject', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM subjects
UNION ALL SELECT 'measure', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM measures
UNION ALL SELECT 'basis', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM bases
UNION ALL SELECT 'indicator-kind', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM indicator_kinds
UNION ALL SELECT 'indicator-level', id, '', name, name_en, parent, NULL, '', first_year, last_year FROM indicator_levels
UNION ALL SELECT unnest(['function', 'economic', 'fund', 'nature', 'item', 'project']), '_T', '_T', '合计', 'all', '', NULL, '', NULL, NULL;

CREATE VIEW names AS
SELECT n.*, c.name <> n.name AS other FROM code_names n
JOIN concepts c ON c.scheme = n.scheme AND c.id = n.concept;

-- Regions in use and all above them.
CREATE VIEW used_regions AS
WITH RECURSIVE up(code) AS (
  SELECT region FROM departments
  UNION SELECT r.parent FROM regions r JOIN up ON up.code = r.code WHERE r.parent <> ''
)
SELECT r.* FROM regions r JOIN up ON up.code = r.code;

-- A cube for every form that has amounts or back-casts, and its companions.
CREATE VIEW cubes AS
SELECT DISTINCT f.id AS form, f.name, f.name_en, p.part, p.label, p.label_en
FROM forms f
JOIN (
  SELECT form, part FROM observations UNION SELECT form, '/backcast' FROM backcasts
) used ON used.form = f.id
JOIN (VALUES ('', '', ''), ('/totals', '：合计、小计等', ': totals'), ('/units', '：单位', ': units'),
  ('/comparisons', '：对照年度', ': comparisons'), ('/backcast', '：上年倒推', ': back-casts')) p(part, label, label_en)
  ON p.part = used.part;

-- A table is a slice of each cube its amounts are in: of the main one under its own name.
CREATE VIEW slices AS
SELECT DISTINCT o.table_id, o.form, o.part, o.filing, o.department,
  'table/' || o.table_id || CASE WHEN o.part IN ('', '/units') AND o.form = t.form THEN ''
    ELSE '#slice' || replace(o.part, '/', ';') || CASE WHEN o.form = t.form THEN '' ELSE ';' || o.form END END AS path
FROM observations o JOIN tables t ON t.id = o.table_id;

CREATE VIEW slice_members AS
SELECT s.path, o.id FROM observations o
JOIN slices s ON s.table_id = o.table_id AND s.form = o.form AND s.part = o.part;

CREATE VIEW citations AS
SELECT filing, project, unnest(string_split(citations, '|')) AS citation FROM project_years WHERE citations <> '';

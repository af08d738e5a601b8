-- Rows of the package as the graph needs them: derived columns that columns.csv maps to triples.
-- An empty coordinate is the concept _T of its list (all of it), so that no dimension is ever missing.
-- Every row of a view gives triples of its own: no view repeats what another row has said.

CREATE MACRO all_of(concept) AS CASE WHEN concept = '' THEN '_T' ELSE concept END;

-- Economic codes of the 5xx series are the government's classification, all others the departments'.
CREATE MACRO economic_path(concept) AS
  CASE WHEN concept = '' THEN 'economic/_T' WHEN concept LIKE '5%' THEN 'government-economic/' || concept
  ELSE 'economic/' || concept END;

CREATE MACRO project_path(project) AS CASE WHEN project = '' THEN 'code/project/_T' ELSE 'project/' || project END;

-- A concept's page: regions and projects have pages of their own, all others are codes.
CREATE MACRO concept_path(scheme, concept) AS
  CASE scheme WHEN 'region' THEN 'region/' WHEN 'project' THEN 'project/' ELSE 'code/' || scheme || '/' END || concept;

CREATE MACRO obeu_phase(phase) AS CASE phase WHEN 'adjusted' THEN 'revised' ELSE phase END;

CREATE MACRO unit_mult(unit) AS CASE unit
  WHEN '元' THEN 0 WHEN '千元' THEN 3 WHEN '万元' THEN 4 WHEN '万' THEN 4 WHEN '百万元' THEN 6 WHEN '亿元' THEN 8 WHEN '亿' THEN 8 END;

-- The page of a row that a finding speaks of; the filing's where the resource has no rows with a name.
CREATE MACRO row_path(resource, key, filing) AS CASE resource
  WHEN 'line_items' THEN 'table/' || key WHEN 'tables' THEN 'table/' || key WHEN 'statements' THEN 'filing/' || key
  WHEN 'filings' THEN 'filing/' || key WHEN 'departments' THEN 'department/' || key WHEN 'projects' THEN 'project/' || key
  WHEN 'documents' THEN 'document/' || key
  WHEN 'indicators' THEN CASE WHEN key LIKE filing || '#%' THEN 'filing/' ELSE 'project/' END || key
  ELSE 'filing/' || filing END;

CREATE MACRO file_of(source) AS split_part(source, '#', 1);

-- A fragment keeps the marks that its syntax needs (page=3&viewrect=1,2,3,4); all else is encoded.
CREATE MACRO fragment_of(source) AS substr(source, length(split_part(source, '#', 1)) + 2);
CREATE MACRO fragment_part(x) AS replace(replace(replace(replace(url_encode(x), '%3D', '='), '%26', '&'), '%2C', ','), '%3A', ':');

-- Where a source is printed: the page of the document and the place in it.
CREATE MACRO place_path(document, source) AS
  CASE WHEN document <> '' AND fragment_of(source) <> '' THEN 'document/' || url_encode(document) || '#' || fragment_part(fragment_of(source)) ELSE '' END;

-- Every printed amount. Revenue and expenditure, and balances on the side they are printed on, are in a cube.
CREATE VIEW figures AS
SELECT l.*, all_of(l.function) AS function_concept, all_of(l.fund) AS fund_concept, all_of(l.nature) AS nature_concept,
  all_of(l.item) AS item_concept, economic_path(l.economic) AS economic_path, project_path(l.project) AS project_path,
  obeu_phase(l.phase) AS budget_phase, unit_mult(l.unit) AS unit_mult,
  l.direction <> '' OR l.item IN ('opening-balance', 'closing-balance', 'surplus-use', 'distribution') AS in_cube,
  CASE WHEN l.direction <> '' THEN l.direction
    WHEN l.item IN ('closing-balance', 'distribution') THEN 'expenditure'
    WHEN l.item IN ('opening-balance', 'surplus-use') THEN 'revenue' ELSE '' END AS side,
  split_part(l.id, '#', 2) AS cell,
  CASE WHEN l.role <> 'item' THEN '/totals'
    WHEN l.year <> f.year OR l.phase <> CASE f.phase WHEN 'final' THEN 'executed' ELSE 'approved' END THEN '/comparisons'
    WHEN d.scope = '单位' THEN '/units' ELSE '' END AS part,
  t.document, place_path(t.document, l.source) AS place
FROM line_items l
JOIN filings f ON f.id = l.filing
JOIN departments d ON d.id = l.department
JOIN tables t ON t.id = l.table_id;

CREATE VIEW observations AS SELECT * FROM figures WHERE in_cube;

CREATE VIEW years AS
SELECT year FROM line_items UNION SELECT year FROM filings UNION SELECT year - 1 FROM statements;

CREATE VIEW sum_nodes AS SELECT DISTINCT whole, axis, partition FROM sums;

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

CREATE VIEW backcast_statements AS
SELECT b.id, c.id AS statement, c.level_statement, c.level_item
FROM backcasts b JOIN changes c ON c.filing = b.filing AND c.form = b.form AND c.direction = b.direction
  AND c.function = b.function AND c.economic = b.economic AND c.fund = b.fund AND c.nature = b.nature
  AND c.item = b.item AND c.project = b.project AND c.basis = b.basis AND c.year = b.year + 1
WHERE c.level IS NOT NULL;

CREATE VIEW backcast_sources AS
SELECT id, 'filing/' || statement AS origin FROM backcast_statements
UNION SELECT id, 'filing/' || level_statement FROM backcast_statements WHERE level_statement <> ''
UNION SELECT id, 'table/' || level_item FROM backcast_statements WHERE level_item <> '';

CREATE VIEW told AS
SELECT s.*, all_of(s.function) AS function_concept, all_of(s.fund) AS fund_concept, all_of(s.nature) AS nature_concept,
  all_of(s.item) AS item_concept, economic_path(s.economic) AS economic_path, project_path(s.project) AS project_path,
  obeu_phase(s.phase) AS budget_phase, d.sha256 AS document, place_path(d.sha256, s.source) AS place, f.department,
  CASE WHEN s.unit IN ('元', '千元', '万元', '万', '百万元', '亿元', '亿') THEN 'CNY'
    WHEN s.measure IN ('rate', 'share', 'completion') THEN 'PERCENT' ELSE '' END AS value_unit
FROM statements s
JOIN filings f ON f.id = s.filing
LEFT JOIN documents d ON d.filing = s.filing AND d.file_name = file_of(s.source);

-- What an indicator measures, the same over the years: by project (else department), standard level and name.
CREATE MACRO indicator_concept(project, department, level1, level2, name) AS
  CASE WHEN project = '' THEN 'department/' || department ELSE 'project/' || project END
  || '#indicator;' || CASE WHEN level2 = '' THEN level1 ELSE level2 END || ';' || name;

CREATE VIEW targets AS
SELECT i.*, CASE WHEN i.project = '' THEN 'filing/' ELSE 'project/' END || i.id AS path, f.department, f.year,
  indicator_concept(i.project, f.department, i.level1_standard, i.level2_standard, i.level3) AS concept,
  d.sha256 AS document, place_path(d.sha256, i.source) AS place,
  CASE i.unit WHEN '百分比' THEN 'PERCENT' WHEN '元' THEN 'CNY' WHEN '天' THEN 'DAY' WHEN '小时' THEN 'HR'
    WHEN '平方米' THEN 'M2' WHEN '月' THEN 'MO' WHEN '年' THEN 'YR' ELSE '' END AS qudt_unit
FROM indicators i
JOIN filings f ON f.id = i.filing
LEFT JOIN documents d ON d.filing = i.filing AND d.file_name = file_of(i.source);

CREATE VIEW indicator_concepts AS
SELECT concept, level3 AS name, max(level1_standard) AS level1_standard, max(level2_standard) AS level2_standard,
  CASE WHEN project = '' THEN 'department/' || department ELSE 'project/' || project END AS holder
FROM targets GROUP BY concept, level3, project, department;

-- What a self-evaluation printed beside a target. A plain number, or a percentage of a percentage target, has a value.
CREATE VIEW results AS
SELECT t.*,
  CASE WHEN regexp_full_match(t.actual, '-?[0-9]+([.][0-9]+)?') AND t.unit NOT IN ('百分比', '元') THEN t.actual
    WHEN regexp_full_match(t.actual, '-?[0-9]+([.][0-9]+)?[%％]') AND t.unit = '百分比' THEN regexp_extract(t.actual, '^[-0-9.]+') END AS actual_value
FROM targets t
WHERE t.actual <> '' OR t.score IS NOT NULL OR t.deviation <> '';

-- All concepts of all lists in one shape, with `_T` for every list that is a dimension and `_Z` for no direction.
CREATE VIEW concepts AS
SELECT 'function' AS scheme, id, code AS notation, name, name_en, parent, level, evidence, first_year, last_year FROM functions
UNION ALL SELECT 'economic', id, code, name, name_en, parent, level, evidence, first_year, last_year FROM department_economics
UNION ALL SELECT 'government-economic', id, code, name, name_en, parent, level, evidence, first_year, last_year FROM government_economics
UNION ALL SELECT 'cofog', id, id, name, name_en, parent, length(id) // 2, 'official', 1999, NULL FROM cofog
UNION ALL SELECT 'form', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM forms
UNION ALL SELECT 'item', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM items
UNION ALL SELECT 'fund', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM funds
UNION ALL SELECT 'nature', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM natures
UNION ALL SELECT 'role', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM roles
UNION ALL SELECT 'phase', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM phases
UNION ALL SELECT 'direction', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM directions
UNION ALL SELECT 'operator', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM operators
UNION ALL SELECT 'subject', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM subjects
UNION ALL SELECT 'measure', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM measures
UNION ALL SELECT 'basis', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM bases
UNION ALL SELECT 'indicator-kind', id, '', name, name_en, parent, NULL, '', NULL, NULL FROM indicator_kinds
UNION ALL SELECT 'indicator-level', id, '', name, name_en, parent, NULL, '', first_year, last_year FROM indicator_levels
UNION ALL SELECT unnest(['function', 'economic', 'fund', 'nature', 'item', 'project']), '_T', '_T', '合计', 'all', '', NULL, '', NULL, NULL
UNION ALL SELECT 'direction', '_Z', '_Z', '不分收支', 'neither side', '', NULL, '', NULL, NULL;

-- Lists whose concepts come and go: an edition begins with the list and with each year that changes a concept or a name.
CREATE VIEW dated_concepts AS
SELECT scheme, id, first_year, last_year, level FROM concepts
WHERE scheme IN ('function', 'economic', 'government-economic', 'indicator-level') AND id NOT IN ('_T', '_Z');

CREATE VIEW editions AS
WITH starts AS (
  SELECT id AS scheme, first_year AS year FROM schemes WHERE first_year IS NOT NULL
  UNION SELECT scheme, first_year FROM dated_concepts
  UNION SELECT scheme, last_year + 1 FROM dated_concepts
  UNION SELECT scheme, first_year FROM code_names WHERE kind <> 'misprint'
  UNION SELECT scheme, last_year + 1 FROM code_names WHERE kind = 'earlier'
)
SELECT e.scheme, e.year, s.name, s.name_en, lag(e.year) OVER (PARTITION BY e.scheme ORDER BY e.year) AS previous,
  (SELECT max(level) FROM dated_concepts c WHERE c.scheme = e.scheme) AS levels
FROM starts e JOIN schemes s ON s.id = e.scheme
WHERE e.year IS NOT NULL AND e.scheme IN (SELECT DISTINCT scheme FROM dated_concepts) AND e.year >= s.first_year;

CREATE VIEW edition_concepts AS
SELECT e.scheme, e.year, c.id, p.parent FROM editions e
JOIN dated_concepts c ON c.scheme = e.scheme AND coalesce(c.first_year, e.year) <= e.year AND coalesce(c.last_year, e.year) >= e.year
JOIN concepts p ON p.scheme = c.scheme AND p.id = c.id;

CREATE VIEW all_names AS SELECT scheme, id, name FROM concepts UNION ALL SELECT 'region', code, name FROM regions;

-- Names of concepts over the years, each a label of its own with its dates.
CREATE VIEW names AS
SELECT n.*, c.name <> n.name AS other, concept_path(n.scheme, n.concept) AS concept_path FROM code_names n
JOIN all_names c ON c.scheme = n.scheme AND c.id = n.concept;

CREATE VIEW links AS
SELECT l.*, concept_path(from_scheme, from_concept) AS from_path, concept_path(to_scheme, to_concept) AS to_path FROM code_links l;

CREATE VIEW department_aliases AS
SELECT id, unnest(string_split(other_names, '|')) AS name FROM departments WHERE other_names <> '';

CREATE VIEW project_aliases AS
SELECT id, unnest(string_split(other_names, '|')) AS name FROM projects WHERE other_names <> '';

CREATE VIEW section_aliases AS
SELECT filing, name AS section, unnest(string_split(other_names, '|')) AS name FROM sections WHERE other_names <> '';

CREATE VIEW internal_sections AS
SELECT s.*, f.department, d.sha256 AS document, place_path(d.sha256, s.source) AS place FROM sections s
JOIN filings f ON f.id = s.filing LEFT JOIN documents d ON d.filing = s.filing AND d.file_name = file_of(s.source);

CREATE VIEW listed_units AS
SELECT u.*, f.department AS of_department, d.sha256 AS document, place_path(d.sha256, u.source) AS place FROM units u
JOIN filings f ON f.id = u.filing LEFT JOIN documents d ON d.filing = u.filing AND d.file_name = file_of(u.source);

CREATE VIEW glossary AS
SELECT t.*, d.sha256 AS document, place_path(d.sha256, t.source) AS place FROM terms t
LEFT JOIN documents d ON d.filing = t.filing AND d.file_name = file_of(t.source);

CREATE VIEW printed_tables AS SELECT t.*, place_path(t.document, t.source) AS place FROM tables t;

CREATE VIEW project_money AS
SELECT p.*, d.sha256 AS document, place_path(d.sha256, p.source) AS place FROM project_years p
LEFT JOIN documents d ON d.filing = p.filing AND d.file_name = file_of(p.source);

CREATE VIEW citations AS
SELECT filing, project, position AS ordinal, citation FROM (
  SELECT filing, project, unnest(string_split(citations, '|')) AS citation,
    generate_subscripts(string_split(citations, '|'), 1) AS position
  FROM project_years WHERE citations <> ''
);

-- Places in documents that figures, titles and terms are printed at: a document, a fragment, and the words there.
CREATE VIEW places AS
SELECT document, place, fragment_of(source) AS fragment, min(exact) AS exact,
  CASE WHEN regexp_full_match(fragment_of(source), 'char=[0-9]+,[0-9]+') THEN 'char'
    WHEN fragment_of(source) LIKE 'page=%' THEN 'page' WHEN fragment_of(source) LIKE 'sheet=%' THEN 'sheet' ELSE 'block' END AS syntax,
  regexp_extract(fragment_of(source), 'char=([0-9]+),([0-9]+)', 1) AS starts,
  regexp_extract(fragment_of(source), 'char=([0-9]+),([0-9]+)', 2) AS ends
FROM (
  SELECT document, place, source, printed AS exact FROM figures
  UNION ALL SELECT document, place, source, printed FROM told
  UNION ALL SELECT document, place, source, target FROM targets
  UNION ALL SELECT document, place, source, title FROM printed_tables
  UNION ALL SELECT document, place, source, name FROM internal_sections
  UNION ALL SELECT document, place, source, name FROM listed_units
  UNION ALL SELECT document, place, source, term FROM glossary
  UNION ALL SELECT document, place, source, NULL FROM project_money
)
WHERE place <> ''
GROUP BY document, place, source;

-- A cube for every form that has amounts or back-casts, and its companions.
CREATE VIEW cubes AS
SELECT DISTINCT f.id AS form, f.name, f.name_en, p.part, p.label, p.label_en, p.says, p.says_en
FROM forms f
JOIN (
  SELECT form, part FROM observations UNION SELECT form, '/backcast' FROM backcasts
) used ON used.form = f.id
JOIN (VALUES
  ('', '', '', '部门公开件自身年度与阶段的明细数，同一年度与阶段的可以相加，不会重复。',
    'Items of departments'' filings for their own year and phase: those of one year and phase add up without counting anything twice.'),
  ('/totals', '：合计、小计等', ': totals', '印刷的合计、小计、其中数与结转结余，与明细数重复，不可与之相加。',
    'Totals, subtotals, parts of which and balances as printed: they repeat the items and are not to be added to them.'),
  ('/units', '：单位', ': units', '单位公开件的明细数，已含在其部门的公开件中，不可与之相加。',
    'Items of filings of 单位: their 部门 contains them, so they are not to be added to it.'),
  ('/comparisons', '：对照年度', ': comparisons', '公开件中并列印出的其他年度或阶段的数。',
    'Figures of other years and phases that filings print beside their own.'),
  ('/backcast', '：上年倒推', ': back-casts', '由本年数与文字所述增减倒推的上年数，是推算而非公开数。',
    'Figures of the year before, worked out from this year''s and the stated change: estimates, not disclosed figures.')
) p(part, label, label_en, says, says_en)
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

CREATE VIEW found AS
SELECT f.*, row_path(f.resource, f.row_key, f.filing) AS about FROM findings f;

-- What was checked: each rule on each filing, with the number of its findings not yet mended.
CREATE VIEW measured AS
SELECT f.id AS filing, r.code AS rule,
  (SELECT count(*) FROM findings x WHERE x.filing = f.id AND x.rule = r.code AND x.status <> 'fixed') AS findings
FROM filings f CROSS JOIN rules r;

-- The cubes as cube.link has them: an observation set and one closed constraint that names every dimension.

CREATE VIEW link_cubes AS
SELECT c.*, a.created FROM cubes c CROSS JOIN about a WHERE c.part <> '/backcast';

-- What an observation has: the property without its scheme, names, kind of node, scale, datatype and role.
CREATE VIEW link_components AS
SELECT c.form, c.part, d.*, CASE WHEN d.path LIKE 'http://%' THEN substr(d.path, 8) ELSE '' END AS plain_path,
  CASE WHEN d.path LIKE 'https://%' THEN substr(d.path, 9) ELSE '' END AS secure_path
FROM link_cubes c CROSS JOIN (VALUES
  ('type', 1, 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type', '', '', 'IRI', '', '', ''),
  ('observer', 2, 'https://cube.link/observedBy', '', '', 'IRI', '', '', ''),
  ('organization', 3, 'http://data.openbudgets.eu/ontology/dsd/dimension/organization', '部门', 'department', 'IRI', 'Nominal', '', 'Key'),
  ('year', 4, 'https://w3id.org/yusuan/ontology#year', '年度', 'year', 'Literal', 'Interval', 'gYear', 'Key'),
  ('side', 5, 'http://data.openbudgets.eu/ontology/dsd/dimension/operationCharacter', '收支性质', 'operation character', 'IRI', 'Nominal', '', 'Key'),
  ('phase', 6, 'http://data.openbudgets.eu/ontology/dsd/dimension/budgetPhase', '预算阶段', 'budget phase', 'IRI', 'Ordinal', '', 'Key'),
  ('filing', 7, 'https://w3id.org/yusuan/ontology#filing', '公开件', 'filing', 'IRI', 'Nominal', '', 'Key'),
  ('function', 8, 'https://w3id.org/yusuan/ontology#function', '支出功能分类', 'functional classification', 'IRI', 'Nominal', '', 'Key'),
  ('economic', 9, 'https://w3id.org/yusuan/ontology#economic', '支出经济分类', 'economic classification', 'IRI', 'Nominal', '', 'Key'),
  ('fund', 10, 'https://w3id.org/yusuan/ontology#fund', '资金性质', 'source of funds', 'IRI', 'Nominal', '', 'Key'),
  ('nature', 11, 'https://w3id.org/yusuan/ontology#nature', '支出性质', 'nature of expenditure', 'IRI', 'Nominal', '', 'Key'),
  ('item', 12, 'https://w3id.org/yusuan/ontology#item', '事项', 'item', 'IRI', 'Nominal', '', 'Key'),
  ('project', 13, 'https://w3id.org/yusuan/ontology#project', '项目', 'project', 'IRI', 'Nominal', '', 'Key'),
  ('cell', 14, 'https://w3id.org/yusuan/ontology#cell', '单元格', 'cell', 'Literal', 'Nominal', 'string', 'Key'),
  ('amount', 15, 'http://data.openbudgets.eu/ontology/dsd/measure/amount', '金额（元）', 'amount (yuan)', 'Literal', 'Ratio', 'decimal', 'Measure')
) d(key, ordinal, path, label, label_en, node_kind, scale, datatype, role);

CREATE VIEW link_observations AS SELECT * FROM observations;

-- The values that a dimension of a cube takes, in the order of a list; IRIs without their scheme or the base.
CREATE VIEW link_values AS
WITH met AS (
  SELECT form, part, 'organization' AS key, 'department/' || iri(department) AS own, '' AS other FROM observations
  UNION SELECT form, part, 'side', '', 'data.openbudgets.eu/resource/codelist/operation-character/' || iri(side) FROM observations
  UNION SELECT form, part, 'phase', '', 'data.openbudgets.eu/resource/codelist/budget-phase/' || iri(budget_phase) FROM observations
  UNION SELECT form, part, 'filing', 'filing/' || iri(filing), '' FROM observations
  UNION SELECT form, part, 'function', 'code/function/' || iri(function_concept), '' FROM observations
  UNION SELECT form, part, 'economic', 'code/' || iri(economic_path), '' FROM observations
  UNION SELECT form, part, 'fund', 'code/fund/' || iri(fund_concept), '' FROM observations
  UNION SELECT form, part, 'nature', 'code/nature/' || iri(nature_concept), '' FROM observations
  UNION SELECT form, part, 'item', 'code/item/' || iri(item_concept), '' FROM observations
  UNION SELECT form, part, 'project', iri(project_path), '' FROM observations
  UNION SELECT form, part, 'cell', cell, '' FROM observations
), numbered AS (
  SELECT *, row_number() OVER (PARTITION BY form, part, key ORDER BY own, other) AS n,
    count(*) OVER (PARTITION BY form, part, key) AS size FROM met
)
SELECT *, CASE WHEN n < size THEN n + 1 END AS next FROM numbered;

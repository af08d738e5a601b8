-- Tables that rules share, made from the resources. Amounts are yuan; a quantum is one unit in the last printed place, in yuan.

-- Working resources that are not here are empty; a rule that needs one is not run without it.
CREATE TABLE IF NOT EXISTS passages (
  line BIGINT, filing VARCHAR, file_name VARCHAR, ordinal VARCHAR, kind VARCHAR, form VARCHAR, heading VARCHAR, text VARCHAR,
  source VARCHAR);
CREATE TABLE IF NOT EXISTS ledger (
  line BIGINT, filing VARCHAR, file_name VARCHAR, source VARCHAR, token VARCHAR, class VARCHAR, resource VARCHAR, "row" VARCHAR);

-- Line items with the quantum of their own print, and the finest their filing prints in that unit:
-- a filing that writes 62 beside 1246.44 drops zeros, it does not round to whole 万元.
-- `own` says that the figure is of the filing's own year and phase.
CREATE TABLE amounts AS
SELECT l.*, quantum_of(l.printed, l.unit) AS own_quantum,
  min(quantum_of(l.printed, l.unit)) OVER (PARTITION BY l.filing, l.unit) AS quantum,
  l.year = f.year AND l.phase = phase_of(f.phase) AS own, t.title
FROM line_items l JOIN filings f ON f.id = l.filing JOIN tables t ON t.id = l.table_id;

-- The same for figures of the prose.
CREATE TABLE told AS
SELECT s.*, quantum_of(s.printed, s.unit) AS own_quantum,
  least(quantum_of(s.printed, s.unit), coalesce(q.quantum, 1e18)) AS quantum,
  s.year = f.year AND s.phase = phase_of(f.phase) AS own
FROM statements s
JOIN filings f ON f.id = s.filing
LEFT JOIN (SELECT filing, unit, min(quantum) AS quantum FROM amounts GROUP BY ALL) q ON q.filing = s.filing AND q.unit = s.unit;

-- Grand totals: of a whole table, nothing said but side, fund and nature. One a table, side, fund, nature, year, phase.
CREATE TABLE totals AS
SELECT * FROM amounts
WHERE role = 'total' AND function = '' AND economic = '' AND item = '' AND project = '' AND row_unit = ''
QUALIFY row_number() OVER (PARTITION BY table_id, form, direction, fund, nature, year, phase ORDER BY position DESC, id DESC) = 1;

-- The figures that a statement of change, rate, share or completion is said of: the level told of the same
-- coordinates, else printed in the table of its form.
CREATE TABLE said_of AS
SELECT c.*, coalesce(s.value, l.amount) AS level, coalesce(s.quantum, l.quantum) AS level_quantum,
  coalesce(s.source, l.source) AS level_source
FROM told c
LEFT JOIN LATERAL (
  SELECT s.value, s.quantum, s.source FROM told s
  WHERE s.filing = c.filing AND s.measure IN ('level', 'count') AND s.year = c.year AND s.phase = c.phase AND s.form = c.form
    AND s.direction = c.direction AND s.function = c.function AND s.economic = c.economic AND s.fund = c.fund
    AND s.nature = c.nature AND s.item = c.item AND s.project = c.project AND s.subject = c.subject
  ORDER BY s.position > c.position, abs(s.position - c.position), s.id LIMIT 1
) s ON true
LEFT JOIN LATERAL (
  SELECT l.amount, l.quantum, l.source FROM amounts l
  WHERE c.subject = '' AND l.filing = c.filing AND l.form = c.form AND l.year = c.year AND l.phase = c.phase
    AND (c.direction = '' OR l.direction = c.direction) AND l.function = c.function AND l.economic = c.economic
    AND l.nature = c.nature AND l.project = c.project AND l.fund IN (c.fund, '') AND l.row_unit = ''
    AND l.item IN (c.item, CASE c.item WHEN 'three-public' THEN '' ELSE c.item END)
  ORDER BY l.position, l.id LIMIT 1
) l ON true
WHERE c.measure IN ('change', 'rate', 'share', 'completion');

-- What a share is a share of: the total of the form it names, or the item or nature it names.
CREATE TABLE wholes AS
SELECT filing, year, phase, form AS whole, direction, max(amount) AS amount, min(quantum) AS quantum,
  arg_max(source, (amount, id)) AS source
FROM totals WHERE form <> 'three-public' GROUP BY ALL
UNION ALL
SELECT filing, year, phase, item, direction, max(amount), min(quantum), arg_max(source, (amount, id))
FROM amounts WHERE form = 'three-public' AND item <> '' AND role IN ('subtotal', 'total') GROUP BY ALL
UNION ALL
SELECT filing, year, phase, 'three-public', direction, max(amount), min(quantum), arg_max(source, (amount, id))
FROM amounts a WHERE form = 'three-public' AND item = '' AND role = 'total'
  AND NOT EXISTS (SELECT 1 FROM amounts b WHERE b.table_id = a.table_id AND (b.item IN ('meetings', 'training') OR b.item = 'three-public'))
GROUP BY ALL;

-- Amounts of tables that a level told in the prose can be: the same coordinates, as far as the prose names them.
CREATE TABLE told_in_tables AS
SELECT s.id AS statement, l.id AS line_item, l.amount, l.title, l.source,
  same_amount(s.value, s.quantum, l.amount, l.quantum) OR rounded_amount(s.value, s.own_quantum, l.amount) AS same
FROM told s
JOIN amounts l ON l.filing = s.filing AND l.form = s.form AND l.year = s.year AND l.phase = s.phase
  AND (s.direction = '' OR l.direction = '' OR l.direction = s.direction)
  AND l.function = s.function AND l.economic = s.economic AND l.item IN (s.item, CASE WHEN s.item = 'three-public' THEN '' ELSE s.item END)
  AND l.project = s.project AND l.row_unit = ''
  AND (l.nature = s.nature OR (s.nature = '' AND l.nature IN ('basic', 'project') AND l.role = 'total' AND l.form IN ('general-basic', 'appropriation-basic')))
  AND (s.fund = '' OR l.fund = s.fund OR (s.fund = 'appropriation' AND l.fund = 'general' AND l.form IN ('three-public', 'agency-operating'))
    OR (l.fund = '' AND l.form IN ('three-public', 'agency-operating', 'procurement')))
WHERE s.measure = 'level' AND s.subject = '' AND s.form <> '' AND s.role <> '';

-- The filing of the year before: of the same department and phase, and of a final account the budget of its own year.
CREATE TABLE filings_before AS
SELECT f.id AS filing, f.year, b.id AS earlier, b.year AS earlier_year, b.phase AS earlier_phase
FROM filings f JOIN filings b ON b.department = f.department
  AND ((b.year = f.year - 1) OR (b.year = f.year AND f.phase = 'final' AND b.phase = 'budget'));

-- Own amounts of earlier filings under the codes of today: a code given another number is followed through `code_links`.
CREATE TABLE amounts_before AS
WITH followed AS (
  SELECT from_scheme AS scheme, from_concept AS earlier, to_concept AS code FROM code_links
  WHERE from_scheme = to_scheme AND kind = 'exact'
)
SELECT b.filing, a.year, a.phase, a.form, a.direction, coalesce(ff.code, a.function) AS function, coalesce(fe.code, a.economic) AS economic,
  a.fund, a.nature, a.item, a.project, a.row_unit, a.amount, a.quantum, a.own_quantum, a.source, a.title, a.filing AS earlier
FROM filings_before b
JOIN amounts a ON a.filing = b.earlier AND a.own
LEFT JOIN followed ff ON ff.scheme = 'function' AND ff.earlier = a.function
LEFT JOIN followed fe ON fe.scheme = 'economic' AND fe.earlier = a.economic
WHERE a.role <> 'of-which';

-- Statements of change whose level is what the filing's own table prints for the same coordinates, with that of the filing before.
CREATE TABLE compared_with_last AS
SELECT c.*, b.amount AS before, b.quantum AS before_quantum, b.source AS before_source, b.title AS before_title
FROM said_of c
JOIN amounts_before b ON b.filing = c.filing AND b.year = c.year - 1 AND b.phase = c.phase AND b.form = c.form
  AND (c.direction = '' OR b.direction = c.direction) AND b.function = c.function AND b.economic = c.economic
  AND b.item IN (c.item, CASE WHEN c.item = 'three-public' THEN '' ELSE c.item END) AND b.project = c.project AND b.row_unit = ''
  AND b.nature = c.nature AND (c.fund = '' OR b.fund IN (c.fund, '') OR (c.fund = 'appropriation' AND b.fund = 'general'))
WHERE c.measure = 'change' AND c.own AND c.level IS NOT NULL AND c.subject = '' AND EXISTS (
  SELECT 1 FROM amounts a
  WHERE a.filing = c.filing AND a.own AND a.form = c.form AND a.function = c.function AND a.economic = c.economic AND a.nature = c.nature
    AND a.item IN (c.item, CASE WHEN c.item = 'three-public' THEN '' ELSE c.item END) AND a.project = c.project
    AND (c.direction = '' OR a.direction = c.direction) AND same_amount(a.amount, a.quantum, c.level, c.level_quantum));

-- Names that the prose lists as what personnel or running costs consist of: one row a name; `open` where the list ends in 等.
CREATE TABLE listed_names AS
WITH lists AS (
  SELECT filing, source, form, unnest(regexp_extract_all(folded(text), '(?:人员经费|公用经费)[^:;,。]{0,24}[,。]?主要(?:包括|用于):?[^。;]+')) AS list
  FROM passages WHERE kind = 'explanation' AND form IN ('general-basic', 'appropriation-basic')
), parted AS (
  SELECT filing, source, form, list[:4] AS nature, regexp_matches(list, '等[^、]{0,6}$') AS open,
    unnest(string_split(regexp_replace(regexp_extract(list, '主要(?:包括|用于):?(.+)$', 1), '\([^()]*\)', '', 'g'), '、')) AS part
  FROM lists
)
SELECT filing, source, form, nature, open, CASE nature WHEN '人员经费' THEN 'personnel' ELSE 'running costs' END AS nature_en,
  name_of(regexp_replace(regexp_replace(part, '[0-9.,]+(?:万元|元).*$', ''), '等[^、]{0,6}$', '')) AS name
FROM parted;

-- kind: 10
-- severity: should
-- promise-zh: 文字说的年份就是表中这一金额的年份。
-- promise-en: The prose gives a figure the year that its table gives it.
-- zh: 文字把“{label}”{printed}{unit}说成 {found} 年的，《{title}》中它是 {expected} 年的
-- en: The prose gives {printed}{unit} of “{label}” as that of {found}; in table {title} it is that of {expected}
-- A figure that the prose tells of another year only, and that the table prints for the year of the filing: of four digits or more, as a
-- short one can be the same by chance.
WITH elsewhere AS (
  SELECT *, year AS said_year FROM told WHERE NOT own
  UNION ALL
  -- The words beside the figure name a year that the rest of the sentence does not bear out.
  SELECT *, regexp_extract(folded(label), '(20[0-9]{2})年', 1)::INTEGER FROM told
  WHERE own AND len(regexp_extract_all(folded(label), '20[0-9]{2}年')) = 1 AND NOT regexp_matches(label, '[比较与]|上年|结转|结余')
)
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, l.source AS other_source, l.year AS expected, s.said_year AS found,
  s.said_year - l.year AS difference, s.label, s.printed, s.unit, l.title
FROM elsewhere s
JOIN amounts l ON l.filing = s.filing AND l.own AND l.form = s.form AND l.function = s.function AND l.economic = s.economic
  AND l.nature = s.nature AND l.item IN (s.item, CASE WHEN s.item = 'three-public' THEN '' ELSE s.item END) AND l.project = s.project
  AND l.row_unit = '' AND (s.direction = '' OR l.direction = s.direction) AND (s.fund IN ('', l.fund) OR l.fund = '') AND l.amount = s.value
WHERE s.measure = 'level' AND s.subject = '' AND s.form <> '' AND s.unit <> '' AND s.value <> 0 AND s.said_year <> l.year
  AND (s.said_year > l.year OR length(ltrim(regexp_replace(s.printed, '[^0-9]', '', 'g'), '0')) >= 4)
  AND NOT EXISTS (SELECT 1 FROM told o WHERE o.filing = s.filing AND o.own AND o.measure = 'level' AND o.form = s.form AND o.function = s.function
    AND o.economic = s.economic AND o.nature = s.nature AND o.item = s.item AND o.project = s.project AND o.direction = s.direction AND o.id <> s.id
    AND (NOT s.own OR (o.value = s.value AND abs(o.position - s.position) <= 2)))
  AND NOT EXISTS (SELECT 1 FROM amounts b WHERE b.filing = s.filing AND b.year = s.said_year AND b.form = s.form AND b.function = s.function
    AND b.economic = s.economic AND b.item = s.item AND b.amount = s.value)
QUALIFY row_number() OVER (PARTITION BY s.id ORDER BY l.id) = 1

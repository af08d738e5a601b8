-- kind: 3
-- severity: must
-- promise-zh: 文字说没有的资金，表中也没有金额。
-- promise-en: A fund that the prose says there is none of has no money in the tables.
-- needs: passages
-- zh: 文字说没有{fund_name}（“{said}”），《{title}》却有 {found:money}
-- en: The prose says there is nothing from the {fund_name_en} (“{said}”), but table {title} shows {found:money}
WITH said AS (
  SELECT filing, source, fund, regexp_extract(folded(text), sought) AS said
  FROM passages
  CROSS JOIN (VALUES ('government-fund', '(?:无|没有|未安排|不涉及)[^，。;,]{0,10}政府性基金[^，。;,]{0,16}'),
    ('state-capital', '(?:无|没有|未安排|不涉及)[^，。;,]{0,10}国有资本经营[^，。;,]{0,16}')) AS s(fund, sought)
  WHERE kind = 'explanation' AND regexp_matches(text, '无|没有|未安排|不涉及') AND regexp_matches(text, '政府性基金|国有资本') AND said <> ''
)
SELECT s.filing, 'line_items' AS resource, arg_max(a.id, (a.amount, a.id)) AS row_key, arg_max(a.source, (a.amount, a.id)) AS source,
  min(s.source) AS other_source, 0 AS expected, max(a.amount) AS found, max(a.amount) AS difference, arg_min(s.said, s.source) AS said,
  arg_max(a.title, (a.amount, a.id)) AS title, arg_max(a.unit, (a.amount, a.id)) AS unit, min(f.name) AS fund_name, min(f.name_en) AS fund_name_en
FROM said s
JOIN amounts a ON a.filing = s.filing AND (a.fund = s.fund OR a.form = s.fund) AND a.own AND a.amount > 0
JOIN funds f ON f.id = s.fund
GROUP BY s.filing, s.fund

-- kind: 4
-- severity: must
-- promise-zh: 一个整体各部分的占比相加为百分之百。
-- promise-en: The shares of one whole add up to a hundred per cent.
-- zh: 文字所列各部分占比相加为 {found}%，不是 100%
-- en: The shares that the prose lists of one whole add up to {found}%, not 100%
-- Only where the amounts told beside the shares add up to their whole.
WITH shares AS (
  SELECT s.filing, s.year, s.phase, s.form, s.direction, s.share_of,
    CASE WHEN s.function <> '' THEN 'function' WHEN s.item <> '' THEN 'item' WHEN s.nature <> '' THEN 'nature' ELSE 'fund' END AS axis,
    sum(s.value) AS shares, sum(s.level) AS levels, count(*) AS terms, max(power(10, -decimals(s.printed))) AS place,
    max(s.level_quantum) AS quantum, arg_min(s.id, (s.position, s.id)) AS id, arg_min(s.source, (s.position, s.id)) AS source,
    max(s.position) - min(s.position) AS stretch
  FROM said_of s
  WHERE s.measure = 'share' AND s.subject = '' AND s.level IS NOT NULL
  GROUP BY ALL
)
SELECT s.filing, 'statements' AS resource, s.id AS row_key, s.source, w.source AS other_source, 100 AS expected, s.shares AS found,
  s.shares - 100 AS difference
FROM shares s
JOIN wholes w ON w.filing = s.filing AND w.whole = s.share_of AND w.year = s.year AND w.phase = s.phase
  AND w.direction IN (s.direction, CASE WHEN s.direction = '' THEN 'expenditure' ELSE s.direction END)
WHERE s.terms >= 2 AND abs(s.levels - w.amount) <= (s.terms + 1) * greatest(s.quantum, w.quantum)
  AND abs(s.shares - 100) > (s.terms + 1) * s.place + 0.000001

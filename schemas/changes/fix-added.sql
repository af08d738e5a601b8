-- group: findings
-- order: 4
-- title: 新增更正
-- title-en: Corrections added
-- zh: {place}：“{old}”更正为“{new}”，{reason}
-- en: {place}: {old} corrected to {new}, {reason}
SELECT n.filing, 'fixes' AS resource, concat_ws('|', n.filing, n.place) AS row_key, n.line, n.line AS rank, 'corrected' AS field,
  n.printed AS old, n.corrected AS new, n.place, n.reason
FROM now.fixes n ANTI JOIN was.fixes o ON o.filing = n.filing AND o.place = n.place

-- group: codes
-- order: 6
-- title: 科目又名
-- title-en: Names of codes added
-- zh: {scheme} {concept} 又名“{new}”（{kind}）
-- en: {concept} of {scheme} also goes by {new} ({kind})
SELECT '' AS filing, 'code_names' AS resource, concat_ws('|', n.scheme, n.concept, n.name) AS row_key, n.line, concat(n.scheme, n.concept) AS rank,
  'name' AS field, n.name AS new, n.scheme, n.concept, n.kind
FROM now.code_names n ANTI JOIN was.code_names o ON o.scheme = n.scheme AND o.concept = n.concept AND o.name = n.name
WHERE n.kind <> 'current'

-- group: codes
-- order: 7
-- title: 科目对应
-- title-en: Correspondences of codes added
-- zh: {from_scheme} {old} → {to_scheme} {new}（{kind}）
-- en: {old} of {from_scheme} → {new} of {to_scheme} ({kind})
SELECT '' AS filing, 'code_links' AS resource, concat_ws('|', n.from_scheme, n.from_concept, n.to_scheme, n.to_concept) AS row_key, n.line,
  concat(n.from_scheme, n.from_concept) AS rank, 'to_concept' AS field, n.from_concept AS old, n.to_concept AS new, n.from_scheme, n.to_scheme, n.kind
FROM now.code_links n ANTI JOIN was.code_links o ON o.from_scheme = n.from_scheme AND o.from_concept = n.from_concept
  AND o.to_scheme = n.to_scheme AND o.to_concept = n.to_concept

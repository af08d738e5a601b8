-- group: filings
-- order: 3
-- title: 新增文件
-- title-en: Documents added
-- zh: 新增文件 {new}{instead}
-- en: document {new} added{instead_en}
SELECT n.filing, 'documents' AS resource, n.sha256 AS row_key, n.line, n.line AS rank, 'file_name' AS field, n.file_name AS new,
  CASE WHEN n.supersedes <> '' THEN concat('，代替 ', coalesce(o.file_name, n.supersedes)) ELSE '' END AS instead,
  CASE WHEN n.supersedes <> '' THEN concat(' in the place of ', coalesce(o.file_name, n.supersedes)) ELSE '' END AS instead_en
FROM (SELECT * FROM now.documents n ANTI JOIN was.documents o ON o.sha256 = n.sha256) n
LEFT JOIN was.documents o ON o.sha256 = n.supersedes
WHERE n.filing NOT IN (SELECT id FROM filings_added)

-- group: filings
-- order: 4
-- title: 撤下文件
-- title-en: Documents removed
-- zh: 文件 {old} 不再在内
-- en: document {old} is no longer here
SELECT o.filing, 'documents' AS resource, o.sha256 AS row_key, o.line AS old_line, o.line AS rank, 'file_name' AS field, o.file_name AS old
FROM was.documents o ANTI JOIN now.documents n ON n.sha256 = o.sha256
WHERE o.filing NOT IN (SELECT id FROM filings_removed)

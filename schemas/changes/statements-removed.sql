-- group: prose
-- order: 3
-- title: 不再有的文字数字
-- title-en: Figures of the prose removed
-- zh: 文字中 {figures} 个数字不再在内
-- en: {figures} figures of the prose are no longer here
SELECT o.filing, 'statements' AS resource, min(o.id) AS row_key, min(o.line) AS old_line, 1 AS rank, count(*) AS figures
FROM was.statements o ANTI JOIN now.statements n ON n.id = o.id
WHERE o.filing NOT IN (SELECT id FROM filings_removed) GROUP BY o.filing

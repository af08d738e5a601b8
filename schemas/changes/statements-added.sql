-- group: prose
-- order: 2
-- title: 新读出的文字数字
-- title-en: Figures of the prose added
-- zh: 文字中新读出 {figures} 个数字
-- en: {figures} figures of the prose added
SELECT n.filing, 'statements' AS resource, min(n.id) AS row_key, min(n.line) AS line, 1 AS rank, count(*) AS figures
FROM now.statements n ANTI JOIN was.statements o ON o.id = n.id
WHERE n.filing NOT IN (SELECT id FROM filings_added) GROUP BY n.filing

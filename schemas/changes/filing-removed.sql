-- group: filings
-- order: 2
-- title: 撤下公开件
-- title-en: Filings removed
-- zh: 公开件不再在内：{figures} 个金额随之撤下
-- en: no longer here, {figures} amounts with it
SELECT f.id AS filing, 'filings' AS resource, f.id AS row_key, f.line AS old_line, f.line AS rank,
  (SELECT count(*) FROM was.line_items l WHERE l.filing = f.id) AS figures
FROM filings_removed f

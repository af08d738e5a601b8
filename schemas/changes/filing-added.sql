-- group: filings
-- order: 1
-- title: 新增公开件
-- title-en: Filings added
-- zh: 新增公开件：{documents} 个文件，{forms} 张表，{figures} 个金额{spent}
-- en: added: {documents} documents, {forms} tables, {figures} amounts{spent_en}
SELECT f.id AS filing, 'filings' AS resource, f.id AS row_key, f.line, f.line AS rank,
  (SELECT count(*) FROM now.documents d WHERE d.filing = f.id) AS documents,
  (SELECT count(*) FROM now.tables t WHERE t.filing = f.id) AS forms,
  coalesce(l.figures, 0) AS figures,
  coalesce('，支出总计 ' || format('{:,.2f}', l.spent / 10000) || ' 万元', '') AS spent,
  coalesce(', expenditure ' || format('{:,.2f}', l.spent / 10000) || ' 万元 in all', '') AS spent_en
FROM filings_added f
LEFT JOIN (
  SELECT l.filing, count(*) AS figures,
    max(amount) FILTER (role = 'total' AND direction = 'expenditure' AND form IN ('balance', 'expenditure')) AS spent
  FROM now.line_items l GROUP BY l.filing
) l ON l.filing = f.id

-- group: findings
-- order: 3
-- title: 检查结果有了结论
-- title-en: Findings reviewed
-- zh: {rule}：{old} → {new}（{verdict}）
-- en: {rule}: {old} → {new} ({verdict})
SELECT n.filing, 'findings' AS resource, n.id AS row_key, n.line, n.line AS rank, n.source, 'status' AS field, o.status AS old, n.status AS new, n.rule, n.verdict
FROM was.findings o JOIN now.findings n ON n.id = o.id WHERE (o.status, o.verdict) <> (n.status, n.verdict)

-- group: findings
-- order: 1
-- title: 新出现的检查结果
-- title-en: Findings new
-- zh: {severity} {rule}：{message}
-- en: {severity} {rule}: {message_en}
SELECT n.filing, 'findings' AS resource, n.id AS row_key, n.line, n.line AS rank, n.source, 'id' AS field, n.severity, n.rule, n.message, n.message_en
FROM now.findings n ANTI JOIN was.findings o ON o.id = n.id

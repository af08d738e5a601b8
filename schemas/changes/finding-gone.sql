-- group: findings
-- order: 2
-- title: 不再有的检查结果
-- title-en: Findings gone
-- zh: {severity} {rule}：{message}
-- en: {severity} {rule}: {message_en}
SELECT o.filing, 'findings' AS resource, o.id AS row_key, o.line AS old_line, o.line AS rank, o.source, 'id' AS field, o.severity, o.rule, o.message, o.message_en
FROM was.findings o ANTI JOIN now.findings n ON n.id = o.id

-- kind: 7
-- severity: should
-- promise-zh: 预算用语没有错字。
-- promise-en: Budget terms are not misprinted.
-- needs: passages
-- zh: “{found}”应作“{expected}”
-- en: “{found}” is a misprint of “{expected}”
SELECT DISTINCT p.filing, '' AS resource, '' AS row_key, p.source, '' AS other_source, m.expected, m.found, '' AS difference
FROM passages p
JOIN (VALUES ('一般公用预算', '一般公共预算'), ('一般共公预算', '一般公共预算'), ('一般公共预决算拨款', '一般公共预算拨款'), ('政府性基经', '政府性基金'),
  ('国有资产经营预算', '国有资本经营预算'), ('国有资本经验预算', '国有资本经营预算'), ('财政拔款', '财政拨款'), ('机关运转经费', '机关运行经费'),
  ('三工经费', '三公经费'), ('政府采够', '政府采购'), ('功能分类科木', '功能分类科目'), ('公务招待费', '公务接待费'), ('因公出境（国）', '因公出国（境）')) AS m(found, expected)
  ON contains(folded(p.text), folded(m.found))
WHERE p.kind NOT IN ('contents', 'duties')

-- kind: 11
-- severity: must
-- promise-zh: 模板的占位都已填写。
-- promise-en: No placeholder of the template is left.
-- needs: passages cells
-- zh: 模板的占位没有填：“{found}”
-- en: A placeholder of the template was left in: “{found}”
WITH printed AS (
  SELECT filing, text, source FROM passages WHERE kind NOT IN ('contents', 'duties', 'glossary')
  UNION ALL SELECT filing, text, source FROM cells
  UNION ALL SELECT filing, text, source FROM passages WHERE kind IN ('contents', 'duties', 'glossary') AND regexp_matches(text, '部门|单位|年')
), marked AS (
  SELECT filing, source, regexp_extract(folded(text),
    '.{0,10}(?:[XＸ×╳✕]{2,}|(?:部门|单位|预算|决算|支出|收入|为|的)[x×]{2,}|\*{2,}(?:年|月|日|万|亿|元|部门|单位|局|项|%|名|人|家|个|辆|台|批|套|件|次|平方|公里|年度)|(?:年|为|共|占|数|费|入|出|加|少|长|降|是|因|由|于|[:：])\*{2,}|20[XＸx×*]{2}|[_＿]{2,}|(?:年|增加|减少|为)[○〇]{2,}|\((?:请)?(?:填写|填列|此处|根据实际)[^()]{0,20}\)|仍保留该表格式|作下述说明|无数据的[^。]{0,10}应公开空表|PAGEREF|_Toc[0-9]|错误!|#REF!|#DIV/0!|#VALUE!|#N/A|#NAME\?).{0,10}') AS found
  FROM printed
  WHERE regexp_matches(text, '[XＸ×╳✕xх*_＿○〇]{2,}|填写|填列|此处|根据实际|仍保留该表格式|作下述说明|PAGEREF|_Toc|错误!|错误！|#REF!|#DIV|#VALUE|#N/A|#NAME')
)
SELECT DISTINCT filing, '' AS resource, '' AS row_key, source, '' AS other_source, '' AS expected, found, '' AS difference
FROM marked WHERE found <> '' AND NOT regexp_matches(found, '必填项|×[0-9]|[0-9]×|[xX]{2,}(?:Ⅲ|II)|[A-WYZa-wyz]X{2,}|X{2,}[A-WYZa-wyz]')

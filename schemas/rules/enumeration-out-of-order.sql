-- kind: 8
-- severity: info
-- promise-zh: 列举的序号依次相连。
-- promise-en: The numbers of an enumeration follow one another.
-- needs: passages cells
-- zh: 列举的序号不连：“{expected}”之后是“{found}”
-- en: An enumeration goes from “{expected}” to “{found}”
WITH printed AS (
  SELECT filing, source, text FROM passages WHERE kind IN ('explanation', 'project', 'work') UNION ALL SELECT filing, source, text FROM cells WHERE length(text) > 30
), marks AS (
  SELECT filing, source, regexp_extract_all(folded(text), '(?:^|[。;:,.])([一二三四五六七八九])是', 1) AS marks FROM printed WHERE regexp_matches(text, '[二三四五六七八九]是')
), steps AS (
  SELECT filing, source, unnest(list_zip(marks[:-2], marks[2:])) AS step FROM marks WHERE len(marks) >= 2
), counted AS (
  SELECT filing, source, step[1] AS before, step[2] AS after, instr('一二三四五六七八九', step[1]) AS a, instr('一二三四五六七八九', step[2]) AS b FROM steps
)
SELECT filing, '' AS resource, '' AS row_key, source, '' AS other_source, before || '是' AS expected, after || '是' AS found, '' AS difference
FROM counted WHERE b <> 1 AND b <> a + 1

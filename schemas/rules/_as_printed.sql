-- What stands at the place of a correction as it is printed: what rules say of it is what the correction mends.
-- A figure of the prose keeps its sign, which its word of direction gives.
CREATE MACRO printed_amount(printed, unit) AS
  try_cast(regexp_replace(translate(folded(printed), '−–—，, ', '---'), '^\((.*)\)$', '-\1') AS DECIMAL(30, 6)) * yuan_of(unit);

UPDATE line_items SET amount = printed_amount(line_items.printed, line_items.unit) FROM fixes
WHERE fixes.filing = line_items.filing AND fixes.place = line_items.source AND printed_amount(line_items.printed, line_items.unit) IS NOT NULL;

UPDATE statements SET value = printed_amount(statements.printed, statements.unit) * CASE WHEN statements.value < 0 THEN -1 ELSE 1 END FROM fixes
WHERE fixes.filing = statements.filing AND fixes.place = statements.source AND printed_amount(statements.printed, statements.unit) IS NOT NULL;

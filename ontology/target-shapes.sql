-- Targets that a result can be held against: those with a number and a printed operator. A result that is told must
-- have a value to compare; of one that is not told nothing is asked.

CREATE VIEW bounded_targets AS
SELECT t.*, t.actual <> '' AS told FROM targets t WHERE t.operator <> '' AND t.value IS NOT NULL;

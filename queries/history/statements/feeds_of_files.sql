-- The names under which the history keeps the files of a source: the source itself, and its declarations of
-- labels. Parameters: the source; the first and the last text between which such names are. In order of the name.
SELECT DISTINCT member FROM ledger
WHERE tab IN (1, 3) AND (member = ? OR member BETWEEN ? AND ?)
ORDER BY member

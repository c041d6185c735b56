-- One line of the ledger. ?1 tab, ?2 member. At most one row.
SELECT tab, member, tally, digest, checksum FROM ledger WHERE tab = ?1 AND member = ?2;

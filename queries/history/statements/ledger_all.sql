-- The whole ledger. No parameters. By tab and member.
SELECT tab, member, tally, digest, checksum FROM ledger ORDER BY tab, member;

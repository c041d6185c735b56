-- Rows and a checksum of each table: equal for equal rows in any order.
--
-- Columns: name, rows, checksum.
SET timezone = 'UTC';
SET datestyle = 'ISO';
SELECT 'coffees' AS name, count(*) AS rows, sum(('x' || left(md5(t::text), 15))::bit(60)::bigint) AS checksum FROM coffees AS t
UNION ALL SELECT 'incidents', count(*), sum(('x' || left(md5(t::text), 15))::bit(60)::bigint) FROM incidents AS t
UNION ALL SELECT 'prices', count(*), sum(('x' || left(md5(t::text), 15))::bit(60)::bigint) FROM prices AS t
UNION ALL SELECT 'roasters', count(*), sum(('x' || left(md5(t::text), 15))::bit(60)::bigint) FROM roasters AS t
UNION ALL SELECT 'scrape_artifacts', count(*), sum(('x' || left(md5(t::text), 15))::bit(60)::bigint) FROM scrape_artifacts AS t
UNION ALL SELECT 'scrape_runs', count(*), sum(('x' || left(md5(t::text), 15))::bit(60)::bigint) FROM scrape_runs AS t
UNION ALL SELECT 'variants', count(*), sum(('x' || left(md5(t::text), 15))::bit(60)::bigint) FROM variants AS t
ORDER BY name;

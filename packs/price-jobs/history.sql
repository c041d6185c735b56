-- A year in the life of the tables in schema.sql: Monday 2025-10-20 to Monday 2026-10-19, 00:00 UTC.
--
-- All of it is made up. It is the same on every server and in every run: chance comes from a hash of row numbers, and no
-- figure goes through a function whose last digit may differ between machines. Loaded once, after schema.sql:
--   psql -v ON_ERROR_STOP=1 -f history.sql
-- The story is in the tables of facts; what follows them turns it into rows.

BEGIN;
SET LOCAL timezone = 'UTC';
SET LOCAL work_mem = '64MB';
SET LOCAL jit = off;

-- The shops. A price job runs every so many minutes, a full job once in the night. Seconds: what a price job usually takes.
CREATE TEMP TABLE shop ON COMMIT DROP AS
SELECT * FROM (VALUES
  ( 1, 'North Quay',     'shopify',     15,  1, 21.0, 34, 'EUR', DATE '2025-10-20'),
  ( 2, 'Tin Drum',       'shopify',     15,  4, 24.0, 28, 'EUR', DATE '2025-10-20'),
  ( 3, 'Harbour Lane',   'shopify',     30,  7, 27.0, 30, 'GBP', DATE '2025-10-20'),
  ( 4, 'Stonemill',      'shopify',     30, 11, 25.0, 26, 'EUR', DATE '2025-10-20'),
  ( 5, 'Paper Crane',    'shopify',     30, 13, 29.0, 22, 'USD', DATE '2025-10-20'),
  ( 6, 'Copper Fox',     'woocommerce', 15, 14, 31.0, 32, 'EUR', DATE '2025-10-20'),
  ( 7, 'Seven Hills',    'woocommerce', 30, 17, 38.0, 24, 'EUR', DATE '2025-10-20'),
  ( 8, 'Lantern',        'woocommerce', 30, 22, 43.0, 36, 'GBP', DATE '2025-10-20'),
  ( 9, 'Old Tram',       'woocommerce', 60, 26, 36.0, 18, 'EUR', DATE '2025-10-20'),
  (10, 'Fig and Finch',  'custom',      30, 19, 33.0, 20, 'EUR', DATE '2025-10-20'),
  (11, 'Riverbed',       'custom',      60, 38, 41.0, 25, 'USD', DATE '2025-10-20'),
  (12, 'Blue Gate',      'custom',      60, 49, 35.0, 19, 'EUR', DATE '2026-02-02')
) AS shop (id, name, platform, every, minute, seconds, coffees, currency, since);

-- How long jobs take, as a multiple of the usual. A leak in spring, fixed on 24 March; since August it creeps up again.
CREATE TEMP TABLE pace ON COMMIT DROP AS
SELECT * FROM (VALUES
  (TIMESTAMPTZ '2025-10-20 00:00', TIMESTAMPTZ '2026-02-10 00:00', 1.00, 1.00),
  (TIMESTAMPTZ '2026-02-10 00:00', TIMESTAMPTZ '2026-03-24 10:00', 1.00, 1.24),
  (TIMESTAMPTZ '2026-03-24 10:00', TIMESTAMPTZ '2026-08-10 00:00', 0.97, 0.97),
  (TIMESTAMPTZ '2026-08-10 00:00', TIMESTAMPTZ '2026-10-19 00:00', 0.97, 1.28)
) AS pace (since, until, from_factor, to_factor);

-- Monday to Sunday: how often jobs fail (releases are on weekdays) and how often prices change.
CREATE TEMP TABLE weekday ON COMMIT DROP AS
SELECT * FROM (VALUES
  (1, 1.15, 1.05), (2, 1.25, 1.35), (3, 1.05, 1.10), (4, 1.10, 1.05), (5, 0.95, 0.95), (6, 0.70, 0.65), (7, 0.70, 0.60)
) AS weekday (day, failing, changing);

-- What went wrong. Minutes from the start until it was detected, acknowledged and resolved; NULL: it was not, or not yet.
-- It hit all shops, one platform or one shop. Effect: a share of the runs failed with that error; runs were slower by a
-- factor; runs were absent.
CREATE TEMP TABLE trouble ON COMMIT DROP AS
SELECT * FROM (VALUES
  ('PJ-101', 'Tin Drum shows prices in another currency', 'price-jobs', 'minor', TIMESTAMPTZ '2025-10-22 13:10', 25, NULL, 140, 'site change', 'Tin Drum', 'fails', 0.60, 'parse'),
  ('PJ-102', 'Shops limit our requests', 'price-jobs', 'major', TIMESTAMPTZ '2025-10-29 08:40', 12, 20, 185, 'rate limit', 'shopify', 'fails', 0.55, 'rate_limited'),
  ('PJ-103', 'Full job of Old Tram runs out of memory', 'full-jobs', 'minor', TIMESTAMPTZ '2025-11-06 02:20', 260, 270, 600, 'memory', 'Old Tram', 'fails', 1.00, 'crashed'),
  ('PJ-104', 'Release 48 breaks the price parser', 'price-jobs', 'major', TIMESTAMPTZ '2025-11-11 10:05', 6, 9, 52, 'deploy', 'all', 'fails', 0.45, 'parse'),
  ('PJ-105', 'A proxy drops connections', 'price-jobs', 'minor', TIMESTAMPTZ '2025-11-18 03:30', 40, 55, 130, 'proxy', 'all', 'fails', 0.12, 'proxy'),
  ('PJ-106', 'Black Friday: shops refuse our addresses', 'price-jobs', 'critical', TIMESTAMPTZ '2025-11-28 07:00', 15, 22, 405, 'rate limit', 'shopify', 'fails', 0.90, 'blocked'),
  ('PJ-107', 'Copper Fox closes its shop for an hour', 'price-jobs', 'minor', TIMESTAMPTZ '2025-11-28 09:30', 50, NULL, 75, 'site change', 'Copper Fox', 'fails', 1.00, 'http_5xx'),
  ('PJ-108', 'Lantern has a new page layout', 'price-jobs', 'minor', TIMESTAMPTZ '2025-12-03 15:45', 35, 80, 1080, 'site change', 'Lantern', 'fails', 0.85, 'parse'),
  ('PJ-109', 'Database runs out of connections', 'price-jobs', 'critical', TIMESTAMPTZ '2025-12-09 12:20', 4, 7, 68, 'database', 'all', 'fails', 0.95, 'database'),
  ('PJ-110', 'Scheduler restarts again and again', 'price-jobs', 'major', TIMESTAMPTZ '2025-12-14 19:00', 48, 63, 150, 'scheduler', 'all', 'absent', 1.00, NULL),
  ('PJ-111', 'Year-end index maintenance', 'price-jobs', 'maintenance', TIMESTAMPTZ '2025-12-21 03:00', 0, 0, 90, 'planned', 'all', 'slower', 1.15, NULL),
  ('PJ-112', 'Paper Crane answers with an empty page', 'price-jobs', 'minor', TIMESTAMPTZ '2025-12-30 08:00', 95, 240, 560, 'site change', 'Paper Crane', 'fails', 0.70, 'parse'),
  ('PJ-113', 'Certificate of the proxy has expired', 'price-jobs', 'critical', TIMESTAMPTZ '2026-01-01 00:00', 22, 41, 127, 'certificate', 'all', 'fails', 1.00, 'proxy'),
  ('PJ-114', 'Shops limit our requests', 'price-jobs', 'major', TIMESTAMPTZ '2026-01-08 16:30', 9, 18, 96, 'rate limit', 'shopify', 'fails', 0.50, 'rate_limited'),
  ('PJ-115', 'Seven Hills is slow', 'price-jobs', 'minor', TIMESTAMPTZ '2026-01-15 10:00', 60, NULL, 300, 'provider', 'Seven Hills', 'slower', 1.90, NULL),
  ('PJ-116', 'Release 55 writes prices twice', 'price-jobs', 'minor', TIMESTAMPTZ '2026-01-20 11:15', 14, 16, 47, 'deploy', 'all', 'fails', 0.15, 'database'),
  ('PJ-117', 'Name resolution fails now and then', 'price-jobs', 'major', TIMESTAMPTZ '2026-01-27 21:40', 17, 30, 140, 'network', 'all', 'fails', 0.35, 'timeout'),
  ('PJ-118', 'Blue Gate refuses our log-in', 'price-jobs', 'minor', TIMESTAMPTZ '2026-02-03 09:00', 30, 45, 330, 'provider', 'Blue Gate', 'fails', 1.00, 'blocked'),
  ('PJ-119', 'Full jobs overlap and block each other', 'full-jobs', 'minor', TIMESTAMPTZ '2026-02-10 02:00', 190, 200, 420, 'scheduler', 'all', 'fails', 0.60, 'timeout'),
  ('PJ-120', 'Shops answer with a challenge page', 'price-jobs', 'major', TIMESTAMPTZ '2026-02-17 06:50', 33, 52, 240, 'rate limit', 'woocommerce', 'fails', 0.75, 'blocked'),
  ('PJ-121', 'Lantern is blocked altogether', 'price-jobs', 'minor', TIMESTAMPTZ '2026-02-17 08:10', 20, NULL, 700, 'rate limit', 'Lantern', 'fails', 1.00, 'blocked'),
  ('PJ-122', 'Release 61 forgets the time-out', 'price-jobs', 'minor', TIMESTAMPTZ '2026-02-24 13:30', 26, 31, 85, 'deploy', 'all', 'slower', 1.70, NULL),
  ('PJ-123', 'Worker runs out of memory', 'price-jobs', 'major', TIMESTAMPTZ '2026-03-05 17:20', 8, 15, 74, 'memory', 'all', 'fails', 0.55, 'crashed'),
  ('PJ-124', 'Worker runs out of memory again', 'price-jobs', 'major', TIMESTAMPTZ '2026-03-12 16:05', 5, 9, 58, 'memory', 'all', 'fails', 0.60, 'crashed'),
  ('PJ-125', 'Worker runs out of memory, third time', 'price-jobs', 'critical', TIMESTAMPTZ '2026-03-19 15:40', 4, 6, 133, 'memory', 'all', 'fails', 0.85, 'crashed'),
  ('PJ-126', 'Release 66 mends the leak', 'price-jobs', 'maintenance', TIMESTAMPTZ '2026-03-24 10:00', 0, 0, 12, 'planned', 'all', 'slower', 1.00, NULL),
  ('PJ-127', 'Clock change: jobs of an hour run twice', 'price-jobs', 'minor', TIMESTAMPTZ '2026-03-29 01:00', 380, NULL, 540, 'scheduler', 'custom', 'fails', 0.25, 'database'),
  ('PJ-128', 'Harbour Lane moves to another shop system', 'price-jobs', 'minor', TIMESTAMPTZ '2026-04-07 07:30', 42, 90, 1500, 'site change', 'Harbour Lane', 'fails', 0.95, 'parse'),
  ('PJ-129', 'Shops limit our requests', 'price-jobs', 'major', TIMESTAMPTZ '2026-04-16 12:10', 10, 19, 112, 'rate limit', 'shopify', 'fails', 0.58, 'rate_limited'),
  ('PJ-130', 'Network of the data centre is cut off', 'price-jobs', 'critical', TIMESTAMPTZ '2026-04-23 04:35', 11, 26, 94, 'network', 'all', 'fails', 1.00, 'timeout'),
  ('PJ-131', 'Fig and Finch blocks one proxy', 'price-jobs', 'minor', TIMESTAMPTZ '2026-05-04 11:00', 75, 130, 480, 'proxy', 'Fig and Finch', 'fails', 0.40, 'blocked'),
  ('PJ-132', 'Release 72 breaks the stock field', 'price-jobs', 'minor', TIMESTAMPTZ '2026-05-12 09:45', 12, 14, 39, 'deploy', 'woocommerce', 'fails', 0.65, 'parse'),
  ('PJ-133', 'Old Tram is offline', 'price-jobs', 'minor', TIMESTAMPTZ '2026-05-20 22:15', 80, NULL, 620, 'provider', 'Old Tram', 'fails', 1.00, 'http_5xx'),
  ('PJ-134', 'Disk of the database is full', 'price-jobs', 'critical', TIMESTAMPTZ '2026-05-28 23:10', 7, 24, 166, 'database', 'all', 'fails', 1.00, 'database'),
  ('PJ-135', 'Shops answer late', 'price-jobs', 'minor', TIMESTAMPTZ '2026-06-03 14:00', 55, NULL, 210, 'provider', 'shopify', 'slower', 2.10, NULL),
  ('PJ-136', 'Proxy provider changes its addresses', 'price-jobs', 'major', TIMESTAMPTZ '2026-06-11 06:00', 16, 29, 131, 'proxy', 'all', 'fails', 0.50, 'proxy'),
  ('PJ-137', 'Scheduler loses its queue', 'price-jobs', 'major', TIMESTAMPTZ '2026-06-18 01:20', 70, 96, 175, 'scheduler', 'all', 'absent', 1.00, NULL),
  ('PJ-138', 'North Quay shows members-only prices', 'price-jobs', 'minor', TIMESTAMPTZ '2026-06-25 10:30', 120, 180, 900, 'site change', 'North Quay', 'fails', 0.30, 'parse'),
  ('PJ-139', 'Shops limit our requests', 'price-jobs', 'minor', TIMESTAMPTZ '2026-07-02 15:20', 14, 35, 66, 'rate limit', 'shopify', 'fails', 0.30, 'rate_limited'),
  ('PJ-140', 'Heat: a rack is switched off', 'price-jobs', 'critical', TIMESTAMPTZ '2026-07-09 13:05', 3, 8, 88, 'provider', 'all', 'fails', 0.92, 'timeout'),
  ('PJ-141', 'Full jobs take the whole night', 'full-jobs', 'minor', TIMESTAMPTZ '2026-07-16 02:00', 300, NULL, 480, 'database', 'all', 'slower', 2.40, NULL),
  ('PJ-142', 'Release 80 breaks the price parser', 'price-jobs', 'major', TIMESTAMPTZ '2026-07-21 10:20', 5, 8, 33, 'deploy', 'all', 'fails', 0.70, 'parse'),
  ('PJ-143', 'Stonemill is sold out and shows no prices', 'price-jobs', 'minor', TIMESTAMPTZ '2026-07-30 16:00', 210, NULL, 1140, 'site change', 'Stonemill', 'fails', 0.80, 'parse'),
  ('PJ-144', 'Unexplained time-outs', 'price-jobs', 'minor', TIMESTAMPTZ '2026-08-06 18:30', 44, 70, 155, NULL, 'woocommerce', 'fails', 0.35, 'timeout'),
  ('PJ-145', 'Shops limit our requests', 'price-jobs', 'major', TIMESTAMPTZ '2026-08-13 09:00', 8, 13, 102, 'rate limit', 'shopify', 'fails', 0.60, 'rate_limited'),
  ('PJ-146', 'Copper Fox answers 503 during its sale', 'price-jobs', 'minor', TIMESTAMPTZ '2026-08-13 09:40', 30, NULL, 190, 'provider', 'Copper Fox', 'fails', 0.75, 'http_5xx'),
  ('PJ-147', 'Unexplained time-outs again', 'price-jobs', 'minor', TIMESTAMPTZ '2026-08-25 20:10', 38, 66, 120, NULL, 'woocommerce', 'fails', 0.30, 'timeout'),
  ('PJ-148', 'Release 87 breaks price jobs of custom shops', 'price-jobs', 'minor', TIMESTAMPTZ '2026-09-01 13:10', 20, 24, 61, 'deploy', 'custom', 'fails', 0.90, 'parse'),
  ('PJ-149', 'Proxy provider is down', 'price-jobs', 'critical', TIMESTAMPTZ '2026-09-09 05:25', 9, 21, 107, 'proxy', 'all', 'fails', 0.97, 'proxy'),
  ('PJ-150', 'Seven Hills answers with an empty page', 'price-jobs', 'minor', TIMESTAMPTZ '2026-09-16 07:50', 65, NULL, 390, 'site change', 'Seven Hills', 'fails', 0.80, 'parse'),
  ('PJ-151', 'Database fails over too slowly', 'price-jobs', 'major', TIMESTAMPTZ '2026-09-24 14:20', 7, 12, 64, 'database', 'all', 'fails', 0.80, 'database'),
  ('PJ-152', 'Lantern has a new page layout', 'price-jobs', 'minor', TIMESTAMPTZ '2026-09-30 06:10', 45, NULL, 330, 'site change', 'Lantern', 'fails', 0.90, 'parse'),
  ('PJ-153', 'Database moves to a new disk', 'price-jobs', 'maintenance', TIMESTAMPTZ '2026-10-06 03:00', 0, 0, 50, 'planned', 'all', 'slower', 1.10, NULL),
  ('PJ-154', 'Proxies are slow', 'price-jobs', 'minor', TIMESTAMPTZ '2026-10-08 11:30', 28, 50, 115, 'proxy', 'all', 'slower', 1.35, NULL),
  ('PJ-155', 'Shops limit our requests', 'price-jobs', 'major', TIMESTAMPTZ '2026-10-13 09:10', 8, 14, 195, 'rate limit', 'shopify', 'fails', 0.85, 'rate_limited'),
  ('PJ-156', 'Proxy pool is empty, nothing gets through', 'price-jobs', 'critical', TIMESTAMPTZ '2026-10-16 18:05', 6, 10, 155, 'proxy', 'all', 'fails', 1.00, 'proxy'),
  ('PJ-157', 'Riverbed asks for a log-in', 'price-jobs', 'minor', TIMESTAMPTZ '2026-10-18 21:30', 35, NULL, NULL, 'site change', 'Riverbed', 'fails', 1.00, 'blocked')
) AS trouble (id, title, service, severity, since, detected, acknowledged, resolved, cause, hits, effect, degree, error);

-- Prices that were wrong: a coffee's variants, by what factor, from when until when. 0: the shop showed no price.
CREATE TEMP TABLE slip ON COMMIT DROP AS
SELECT * FROM (VALUES
  ( 3,  5, TIMESTAMPTZ '2025-11-14 10:08', TIMESTAMPTZ '2025-11-14 13:38', 10.00),
  ( 1, 12, TIMESTAMPTZ '2025-12-23 06:02', TIMESTAMPTZ '2026-01-05 09:17',  1.60),
  ( 8, 20, TIMESTAMPTZ '2026-01-30 14:23', TIMESTAMPTZ '2026-01-30 20:53',  0.00),
  ( 6,  3, TIMESTAMPTZ '2026-03-02 08:09', TIMESTAMPTZ '2026-03-02 11:24',  2.10),
  ( 5, 14, TIMESTAMPTZ '2026-04-20 17:14', TIMESTAMPTZ '2026-04-21 07:44', 10.00),
  (10,  7, TIMESTAMPTZ '2026-05-18 12:20', TIMESTAMPTZ '2026-05-18 18:50',  1.75),
  ( 2,  9, TIMESTAMPTZ '2026-07-14 07:05', TIMESTAMPTZ '2026-07-14 09:35',  1.55),
  ( 7,  1, TIMESTAMPTZ '2026-08-19 15:18', TIMESTAMPTZ '2026-08-20 08:48',  3.00),
  ( 4,  6, TIMESTAMPTZ '2026-09-22 11:12', TIMESTAMPTZ '2026-09-22 14:42', 10.00),
  (11,  4, TIMESTAMPTZ '2026-10-05 09:39', TIMESTAMPTZ '2026-10-05 16:39',  0.00),
  ( 4, 15, TIMESTAMPTZ '2026-10-14 10:42', TIMESTAMPTZ '2026-10-14 13:12', 10.00),
  ( 1, 30, TIMESTAMPTZ '2026-10-15 08:17', TIMESTAMPTZ '2026-10-15 12:32',  1.65)
) AS slip (roaster_id, coffee, since, until, factor);

-- From 0 up to 1: the same for the same numbers.
CREATE FUNCTION pg_temp.draw(number bigint, seed bigint) RETURNS float8 LANGUAGE sql IMMUTABLE
AS 'SELECT (hashint8extended(number, seed) & 1048575) / 1048576::float8';

INSERT INTO roasters (id, name, platform) SELECT id, name, platform FROM shop ORDER BY id;

INSERT INTO coffees (id, roaster_id, name, status)
SELECT
  shop.id * 100 + number,
  shop.id,
  (ARRAY['Huila', 'Sidama', 'Nyeri', 'Antigua', 'Cerrado', 'Tarrazu', 'Sumatra', 'Kivu', 'Yirgacheffe', 'Copan',
    'Apaneca', 'Chiapas'])[1 + (number - 1) % 12]
    || (ARRAY[' washed', ' natural', ' honey'])[1 + (number - 1) / 12],
  CASE
    WHEN pg_temp.draw(shop.id * 100 + number, 1) < 0.80 THEN 'active'
    WHEN pg_temp.draw(shop.id * 100 + number, 1) < 0.92 THEN 'seasonal'
    ELSE 'retired'
  END
FROM shop CROSS JOIN LATERAL generate_series(1, coffees) AS number
ORDER BY 1;

-- Two or three bag sizes of each coffee: number within the shop from 0, and the price of the first day in cents.
CREATE TEMP TABLE bag ON COMMIT DROP AS
SELECT
  row_number() OVER (ORDER BY coffees.id, size) AS id,
  row_number() OVER (PARTITION BY roaster_id ORDER BY coffees.id, size) - 1 AS number,
  coffees.id AS coffee_id,
  roaster_id,
  (size * (850 + floor(pg_temp.draw(coffees.id, 2) * 14) * 50) * (1.1 - 0.05 * size))::integer / 10 * 10 AS cents
FROM coffees
CROSS JOIN LATERAL generate_series(1, 2 + (pg_temp.draw(coffees.id, 3) < 0.55)::integer) AS size;

-- Every run that was due, with what the story says about its moment.
CREATE TEMP TABLE run ON COMMIT DROP AS
WITH due AS (
  SELECT shop.id AS roaster_id, 'price' AS job_type, shop.seconds, at
  FROM shop CROSS JOIN LATERAL generate_series(
    since + shop.minute * INTERVAL '1 minute', TIMESTAMPTZ '2026-10-18 23:59',
    shop.every * INTERVAL '1 minute') AS at
  UNION ALL
  SELECT shop.id, 'full', shop.seconds * 48, at
  FROM shop CROSS JOIN LATERAL generate_series(
    since + (shop.id * 7 + 120) * INTERVAL '1 minute', TIMESTAMPTZ '2026-10-18 23:59', INTERVAL '1 day') AS at
),
numbered AS (
  SELECT
    row_number() OVER (ORDER BY at, roaster_id, job_type) AS id, roaster_id, job_type, seconds,
    at + floor(pg_temp.draw(row_number() OVER (ORDER BY at, roaster_id, job_type), 10) * 45000)
      * INTERVAL '1 millisecond' AS started_at
  FROM due
),
expected AS (
  SELECT
    numbered.*, trouble.effect, trouble.degree, trouble.error,
    0.006 * weekday.failing AS usually_fails,
    numbered.seconds * (from_factor + (to_factor - from_factor)
      * extract(epoch FROM started_at - pace.since) / extract(epoch FROM pace.until - pace.since))::float8
      * CASE WHEN extract(hour FROM started_at) BETWEEN 7 AND 18 THEN 1.05 ELSE 0.97 END
      * CASE trouble.effect WHEN 'slower' THEN trouble.degree ELSE 1 END AS usually_takes
  FROM numbered
  JOIN shop ON shop.id = roaster_id
  JOIN weekday ON weekday.day = extract(isodow FROM started_at)
  JOIN pace ON started_at >= pace.since AND started_at < pace.until
  LEFT JOIN LATERAL (
    SELECT effect, degree, error
    FROM trouble
    WHERE started_at >= trouble.since
      AND started_at < coalesce(trouble.since + trouble.resolved * INTERVAL '1 minute', 'infinity')
      AND trouble.hits IN ('all', shop.platform, shop.name)
      AND (trouble.service = 'price-jobs' OR numbered.job_type = 'full')
    ORDER BY trouble.degree DESC, trouble.id
    LIMIT 1
  ) AS trouble ON true
),
judged AS (
  SELECT
    *,
    CASE
      WHEN effect = 'fails' AND pg_temp.draw(id, 11) < degree THEN error
      WHEN pg_temp.draw(id, 12) < usually_fails THEN
        (ARRAY['timeout', 'timeout', 'timeout', 'http_5xx', 'http_5xx', 'parse', 'parse', 'rate_limited'])
          [1 + floor(pg_temp.draw(id, 13) * 8)::integer]
    END AS failure,
    pg_temp.draw(id, 14) < 0.003 + CASE WHEN effect = 'fails' THEN 0.15 * degree ELSE 0 END AS is_partial,
    pg_temp.draw(id, 16) * pg_temp.draw(id, 16) * pg_temp.draw(id, 16) * pg_temp.draw(id, 16) AS tail
  FROM expected
  WHERE effect IS DISTINCT FROM 'absent'
)
SELECT
  id, roaster_id, job_type, started_at,
  CASE WHEN failure IS NOT NULL THEN 'fail' WHEN is_partial THEN 'partial' ELSE 'ok' END AS status,
  coalesce(failure, CASE WHEN is_partial THEN CASE WHEN pg_temp.draw(id, 13) < 0.6 THEN 'parse' ELSE 'timeout' END END)
    AS error_type,
  CASE
    WHEN error = 'rate_limited' THEN 3 + floor(pg_temp.draw(id, 17) * 28)
    WHEN failure = 'rate_limited' THEN 6 + floor(pg_temp.draw(id, 17) * 9)
    WHEN pg_temp.draw(id, 18) < 0.02 THEN 1 + floor(pg_temp.draw(id, 17) * 3)
    ELSE 0
  END::integer AS rate_limit_errors,
  started_at + INTERVAL '1 millisecond' * floor(1000 * CASE
    WHEN failure = 'timeout' THEN 120 + pg_temp.draw(id, 15)
    WHEN failure IN ('proxy', 'database') THEN 30 + 4 * pg_temp.draw(id, 15)
    WHEN failure IS NOT NULL THEN 2 + 7 * pg_temp.draw(id, 15)
    ELSE usually_takes * (0.8 + 0.35 * pg_temp.draw(id, 15) + 0.9 * tail * tail * tail)
  END) AS finished_at
FROM judged;

INSERT INTO scrape_runs
  (id, roaster_id, job_type, status, started_at, finished_at, error_type, rate_limit_errors, reviewed)
SELECT
  id, roaster_id, job_type, CASE WHEN has_ended THEN status END, started_at, CASE WHEN has_ended THEN finished_at END,
  CASE WHEN has_ended THEN error_type END, CASE WHEN has_ended THEN rate_limit_errors ELSE 0 END,
  has_ended AND status <> 'ok' AND pg_temp.draw(id, 20)
    < CASE WHEN started_at < TIMESTAMPTZ '2026-10-12' THEN 0.9 ELSE 0.4 END
FROM (SELECT *, finished_at < TIMESTAMPTZ '2026-10-19' AS has_ended FROM run) AS run
ORDER BY id;

-- The answers a run got: one for prices, some for a full job, one more where requests were refused.
INSERT INTO scrape_artifacts (id, run_id, http_status, body_len, created_at, valid)
SELECT
  row_number() OVER (ORDER BY at, run_id, page), run_id, http_status,
  CASE
    WHEN http_status IS NULL THEN 0
    WHEN http_status <> 200 THEN 90 + pg_temp.draw(run_id * 16 + page, 31) * 400
    ELSE 9000 + 2100 * (roaster_id % 5) + pg_temp.draw(run_id * 16 + page, 31) * 24000
  END::integer,
  at,
  http_status IS NOT DISTINCT FROM 200 AND (error_type IS NULL OR error_type NOT IN ('parse', 'crashed') OR page > 1)
FROM (
  SELECT
    run.id AS run_id, page, roaster_id, error_type,
    CASE
      WHEN page = 0 THEN 429
      WHEN status <> 'fail' THEN 200
      WHEN error_type IN ('timeout', 'proxy') THEN NULL
      WHEN error_type = 'rate_limited' THEN 429
      WHEN error_type = 'blocked' THEN 403
      WHEN error_type = 'http_5xx' THEN 503
      ELSE 200
    END AS http_status,
    date_trunc('milliseconds', started_at + (finished_at - started_at) * ((page + 1) / 16::float8)) AS at
  FROM run CROSS JOIN LATERAL generate_series(
    CASE WHEN rate_limit_errors > 0 AND error_type IS DISTINCT FROM 'rate_limited' THEN 0 ELSE 1 END,
    CASE
      WHEN status = 'fail' OR job_type = 'price' THEN 1
      ELSE 6 + floor(pg_temp.draw(run.id, 30) * 7)::integer
    END) AS page
) AS answer
WHERE at < TIMESTAMPTZ '2026-10-19';

-- Prices as they were seen: all of them on a shop's first day, changes by price jobs, and the slips.
CREATE TEMP TABLE seen ON COMMIT DROP AS
WITH change AS (
  SELECT
    run.id * 4 + number AS draw, roaster_id,
    date_trunc('milliseconds', started_at + (finished_at - started_at) * (0.3 + 0.15 * number)) AS at
  FROM run
  JOIN weekday ON weekday.day = extract(isodow FROM started_at)
  CROSS JOIN LATERAL (
    SELECT changing * CASE WHEN extract(hour FROM started_at) BETWEEN 6 AND 19 THEN 0.40 ELSE 0.27 END AS chance
  ) AS moment
  CROSS JOIN LATERAL generate_series(1, CASE
    WHEN pg_temp.draw(run.id, 40) < chance * 0.1 THEN 3
    WHEN pg_temp.draw(run.id, 40) < chance * 0.3 THEN 2
    WHEN pg_temp.draw(run.id, 40) < chance THEN 1
    ELSE 0
  END) AS number
  WHERE job_type = 'price' AND status <> 'fail' AND finished_at < TIMESTAMPTZ '2026-10-19'
),
ordinary AS (
  SELECT
    bag.id AS variant_id, change.at,
    floor(cents * (1 + 0.12 * extract(epoch FROM change.at - TIMESTAMPTZ '2025-10-20') / 31449600)::float8
      * (0.92 + 0.16 * pg_temp.draw(draw, 42)) / 5)::integer * 5 AS cents
  FROM change
  JOIN shop ON shop.id = roaster_id
  JOIN (SELECT roaster_id, count(*) AS bags FROM bag GROUP BY roaster_id) AS stall USING (roaster_id)
  JOIN bag ON bag.roaster_id = change.roaster_id AND bag.number = floor(pg_temp.draw(draw, 41) * bags)
),
slipped AS (
  SELECT bag.id AS variant_id, bag.cents, slip.*
  FROM slip JOIN bag ON bag.roaster_id = slip.roaster_id AND bag.coffee_id = slip.roaster_id * 100 + slip.coffee
)
SELECT variant_id, at, cents FROM ordinary
WHERE NOT EXISTS (
  SELECT FROM slipped WHERE slipped.variant_id = ordinary.variant_id AND at >= slipped.since AND at <= slipped.until)
UNION ALL
SELECT
  bag.id, since + (minute + 1) * INTERVAL '1 minute' + bag.number * INTERVAL '20 milliseconds', cents
FROM bag JOIN shop ON shop.id = bag.roaster_id
UNION ALL
SELECT variant_id, since + (variant_id % 3) * INTERVAL '200 milliseconds', (cents * factor)::integer FROM slipped
UNION ALL
SELECT variant_id, until + (variant_id % 3) * INTERVAL '200 milliseconds', cents FROM slipped;

CREATE TEMP TABLE changed ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY at, variant_id) AS id, variant_id, at, cents
FROM (
  SELECT *, lag(cents) OVER (PARTITION BY variant_id ORDER BY at) AS cents_before FROM seen
) AS seen
WHERE cents IS DISTINCT FROM cents_before;

INSERT INTO variants (id, coffee_id, stock, price, updated_at)
SELECT DISTINCT ON (bag.id)
  bag.id, coffee_id, floor(pg_temp.draw(bag.id, 50) * 60)::integer, changed.cents / 100.0, at
FROM bag JOIN changed ON variant_id = bag.id
ORDER BY bag.id, at DESC;

INSERT INTO prices (id, variant_id, price, currency, scraped_at)
SELECT changed.id, variant_id, changed.cents / 100.0, currency, at
FROM changed JOIN bag ON bag.id = variant_id JOIN shop ON shop.id = roaster_id
ORDER BY changed.id;

INSERT INTO incidents
  (id, title, service, severity, started_at, detected_at, acknowledged_at, resolved_at, cause)
SELECT
  id, title, service, severity, since, since + detected * INTERVAL '1 minute',
  since + acknowledged * INTERVAL '1 minute', since + resolved * INTERVAL '1 minute', cause
FROM trouble
ORDER BY since, id;

-- New rows go on from here.
SELECT setval(pg_get_serial_sequence(name, 'id'), newest)
FROM (
  SELECT 'scrape_runs', max(id) FROM scrape_runs
  UNION ALL SELECT 'scrape_artifacts', max(id) FROM scrape_artifacts
  UNION ALL SELECT 'prices', max(id) FROM prices
) AS counter (name, newest);

COMMIT;

-- Statistics, and the map of visible pages without which an index is never enough.
VACUUM (ANALYZE);

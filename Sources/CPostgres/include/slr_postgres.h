// A small façade over libpq, which is opened when a database is first asked: a run that asks none does not
// pay for loading it. No header of libpq is needed to use it.
//
// Nothing here blocks for longer than its limit: what libpq can only do blocking (looking a name up, sending a
// request to cancel) is done by a thread that is abandoned after a time limit, and that cleans up whenever
// it comes back.
//
// Times are nanoseconds, points in time those of the monotonic clock.
#ifndef SLR_POSTGRES_H
#define SLR_POSTGRES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// NULL when the library is open, else the name of what is missing. Safe on any thread.
const char *slr_postgres_open(void);

// Every function below needs a successful slr_postgres_open() before it.

// As of PQlibVersion: 150020 is 15.20.
int slr_postgres_version(void);

int64_t slr_monotonic_now(void);

// Keywords with values, as connection strings have them.
typedef struct slr_pairs slr_pairs;

// What a connection string says; NULL when it is none. libpq's complaint would quote parts of the password, so it
// is not given.
slr_pairs *slr_pairs_parse(const char *text);
// What libpq would use: the given pairs, then the service file, the environment and its defaults, with user,
// dbname, host and port filled in. Nothing is connected and no password is looked up. NULL when libpq refuses
// them. Both arrays end in NULL.
slr_pairs *slr_pairs_resolve(const char *const *keywords, const char *const *values);
size_t slr_pairs_count(const slr_pairs *pairs);
const char *slr_pairs_keyword(const slr_pairs *pairs, size_t index);
const char *slr_pairs_value(const slr_pairs *pairs, size_t index);
void slr_pairs_free(slr_pairs *pairs);

// How far a connection came.
typedef enum {
  SLR_STAGE_LOOKUP,
  SLR_STAGE_CONNECT,
  SLR_STAGE_GREETING,
  SLR_STAGE_LOGIN,
} slr_stage;

typedef struct {
  slr_stage stage;
  // Whether time was over before it came back.
  bool hung;
  // Whether the system gave no thread to connect in.
  bool threadless;
  // libpq's words, in English, with the SQLSTATE in place of the server's own words.
  char text[2048];
} slr_connect_failure;

const char *slr_connect_failure_text(const slr_connect_failure *failure);

typedef struct slr_connection slr_connection;

// Connects, all names and addresses together within `limit`; NULL when that fails. Both arrays end in NULL.
slr_connection *slr_connect(const char *const *keywords, const char *const *values, int64_t limit,
                            slr_connect_failure *failure);

// Asks the server to end what it does; false when that could not be sent within `limit`.
bool slr_connection_cancel(slr_connection *connection, int64_t limit);
// Says goodbye and frees.
void slr_connection_close(slr_connection *connection);
// Cuts the line and frees; waits for nobody.
void slr_connection_drop(slr_connection *connection);

// Whether the line is cut.
bool slr_connection_is_lost(const slr_connection *connection);
bool slr_connection_is_encrypted(slr_connection *connection);
// As the server says it, or NULL.
const char *slr_connection_server_version_text(const slr_connection *connection);
// Whether the server takes texts as they come, in whatever encoding.
bool slr_connection_is_untyped(const slr_connection *connection);

// Queues one statement with its parameters, of which text ones (format 0) end in NUL and a NULL value is NULL. Its
// rows come in binary. False when memory is short or the line is cut.
bool slr_connection_send(slr_connection *connection, const char *statement, int count,
                         const uint32_t *types, const char *const *values, const int *lengths,
                         const int *formats);
// Queues the end of a group of statements: when one fails, those after it in its group are not run.
bool slr_connection_send_sync(slr_connection *connection);

typedef enum { SLR_WAIT_READY, SLR_WAIT_SILENT, SLR_WAIT_LATE } slr_wait;

// Sends what is queued and waits until slr_connection_result() need not wait. SILENT: no byte came for `silence`;
// LATE: `deadline` is over.
slr_wait slr_connection_wait(slr_connection *connection, int64_t silence, int64_t deadline);

typedef struct slr_result slr_result;

// The next result; NULL at the end of a statement, and when the line is cut.
slr_result *slr_connection_result(slr_connection *connection);
void slr_result_free(slr_result *result);

typedef enum {
  SLR_RESULT_ROWS,
  SLR_RESULT_DONE,
  SLR_RESULT_SYNC,
  SLR_RESULT_SKIPPED,
  SLR_RESULT_FAILED,
} slr_result_kind;

slr_result_kind slr_result_kind_of(const slr_result *result);
// Of a failure; "" where the server says nothing, 0 where it names no place in the statement (in characters,
// from 1).
const char *slr_result_code(const slr_result *result);
const char *slr_result_message(const slr_result *result);
int slr_result_position(const slr_result *result);

int slr_result_rows(const slr_result *result);
int slr_result_columns(const slr_result *result);
const char *slr_result_name(const slr_result *result, int column);
uint32_t slr_result_type(const slr_result *result, int column);
// The bytes of a value; NULL for a NULL. They belong to the result.
const unsigned char *slr_result_value(const slr_result *result, int row, int column, int *length);

#endif

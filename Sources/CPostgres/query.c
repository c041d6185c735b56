#include <errno.h>
#include <poll.h>
#include <string.h>

#include "library.h"
#include "slr_postgres.h"

// MARK: The connection

bool slr_connection_is_lost(const slr_connection *connection) {
  return slr_api.PQstatus(connection->libpq) == CONNECTION_BAD;
}

bool slr_connection_is_encrypted(slr_connection *connection) {
  return slr_api.PQsslInUse(connection->libpq) == 1;
}

const char *slr_connection_server_version_text(const slr_connection *connection) {
  return slr_api.PQparameterStatus(connection->libpq, "server_version");
}

bool slr_connection_is_untyped(const slr_connection *connection) {
  const char *encoding = slr_api.PQparameterStatus(connection->libpq, "server_encoding");
  return encoding != NULL && strcmp(encoding, "SQL_ASCII") == 0;
}

// MARK: Statements

bool slr_connection_send(slr_connection *connection, const char *statement, int count,
                         const uint32_t *types, const char *const *values, const int *lengths,
                         const int *formats) {
  return slr_api.PQsendQueryParams(connection->libpq, statement, count, types, values, lengths,
                                   formats, 1) == 1;
}

bool slr_connection_send_sync(slr_connection *connection) {
  return slr_api.PQpipelineSync(connection->libpq) == 1;
}

slr_wait slr_connection_wait(slr_connection *connection, int64_t silence, int64_t deadline) {
  PGconn *libpq = connection->libpq;
  int64_t heard = slr_monotonic_now();
  while (true) {
    // -1 means that the line is cut; the next result says how.
    int unsent = slr_api.PQflush(libpq);
    if (unsent < 0 || !slr_api.PQisBusy(libpq)) return SLR_WAIT_READY;
    int64_t now = slr_monotonic_now();
    if (now >= deadline) return SLR_WAIT_LATE;
    if (now - heard >= silence) return SLR_WAIT_SILENT;
    int64_t left = silence - (now - heard) < deadline - now ? silence - (now - heard) : deadline - now;
    int64_t wait = left > 3600000000000 ? 3600000 : (left + 999999) / 1000000;
    struct pollfd line = {.fd = slr_api.PQsocket(libpq),
                          .events = unsent == 1 ? POLLIN | POLLOUT : POLLIN};
    int ready = poll(&line, 1, (int)wait);
    if (ready < 0 && errno != EINTR) return SLR_WAIT_READY;
    if (ready <= 0 || (line.revents & ~POLLOUT) == 0) continue;
    heard = slr_monotonic_now();
    if (slr_api.PQconsumeInput(libpq) == 0) return SLR_WAIT_READY;
  }
}

// MARK: Results

static const PGresult *opened(const slr_result *result) { return (const PGresult *)result; }

slr_result *slr_connection_result(slr_connection *connection) {
  return (slr_result *)slr_api.PQgetResult(connection->libpq);
}

void slr_result_free(slr_result *result) { slr_api.PQclear((PGresult *)result); }

slr_result_kind slr_result_kind_of(const slr_result *result) {
  switch (slr_api.PQresultStatus(opened(result))) {
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE: return SLR_RESULT_ROWS;
    case PGRES_COMMAND_OK:
    case PGRES_EMPTY_QUERY: return SLR_RESULT_DONE;
    case PGRES_PIPELINE_SYNC: return SLR_RESULT_SYNC;
    case PGRES_PIPELINE_ABORTED: return SLR_RESULT_SKIPPED;
    default: return SLR_RESULT_FAILED;
  }
}

const char *slr_result_code(const slr_result *result) {
  const char *code = slr_api.PQresultErrorField(opened(result), PG_DIAG_SQLSTATE);
  return code != NULL ? code : "";
}

const char *slr_result_message(const slr_result *result) {
  const char *text = slr_api.PQresultErrorField(opened(result), PG_DIAG_MESSAGE_PRIMARY);
  return text != NULL ? text : "";
}

int slr_result_position(const slr_result *result) {
  const char *text = slr_api.PQresultErrorField(opened(result), PG_DIAG_STATEMENT_POSITION);
  int position = 0;
  for (; text != NULL && *text >= '0' && *text <= '9' && position < 100000000; text++)
    position = position * 10 + (*text - '0');
  return position;
}

int slr_result_rows(const slr_result *result) { return slr_api.PQntuples(opened(result)); }

int slr_result_columns(const slr_result *result) { return slr_api.PQnfields(opened(result)); }

const char *slr_result_name(const slr_result *result, int column) {
  const char *name = slr_api.PQfname(opened(result), column);
  return name != NULL ? name : "";
}

uint32_t slr_result_type(const slr_result *result, int column) {
  return slr_api.PQftype(opened(result), column);
}

const unsigned char *slr_result_value(const slr_result *result, int row, int column, int *length) {
  const PGresult *rows = opened(result);
  *length = slr_api.PQgetlength(rows, row, column);
  if (*length == 0 && slr_api.PQgetisnull(rows, row, column)) return NULL;
  return (const unsigned char *)slr_api.PQgetvalue(rows, row, column);
}

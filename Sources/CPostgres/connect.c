#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "library.h"
#include "slr_postgres.h"

// MARK: A job that may be abandoned

// Two share it: the caller, who waits for it, and its thread. Who comes last frees it.
typedef struct {
  pthread_mutex_t lock;
  pthread_cond_t ended;
  bool is_done;
  bool is_abandoned;
  // How far it is; what it means is the job's own.
  _Atomic int stage;
  // Takes the work, and the stage to keep up.
  void (*run)(void *, _Atomic int *);
  void (*release)(void *);
  void *work;
} job;

static void job_free(job *job) {
  job->release(job->work);
  pthread_cond_destroy(&job->ended);
  pthread_mutex_destroy(&job->lock);
  free(job);
}

static void *job_main(void *argument) {
  job *job = argument;
  job->run(job->work, &job->stage);
  pthread_mutex_lock(&job->lock);
  job->is_done = true;
  bool is_abandoned = job->is_abandoned;
  pthread_cond_signal(&job->ended);
  pthread_mutex_unlock(&job->lock);
  if (is_abandoned) job_free(job);
  return NULL;
}

static bool job_start(job *job) {
  pthread_condattr_t monotonic;
  pthread_mutex_init(&job->lock, NULL);
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init(&job->ended, &monotonic);
  pthread_condattr_destroy(&monotonic);
  // Signals are for the program's own threads.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_attr_t detached;
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  pthread_t thread;
  int code = pthread_create(&thread, &detached, job_main, job);
  pthread_attr_destroy(&detached);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return code == 0;
}

// Whether the job is done, and how far it came; if not done, it no longer belongs to the caller.
static bool job_wait(job *job, int64_t deadline, int *stage) {
  struct timespec until = {.tv_sec = deadline / 1000000000, .tv_nsec = deadline % 1000000000};
  pthread_mutex_lock(&job->lock);
  int code = 0;
  while (!job->is_done && code == 0)
    code = pthread_cond_timedwait(&job->ended, &job->lock, &until);
  bool is_done = job->is_done;
  job->is_abandoned = !is_done;
  *stage = job->stage;
  pthread_mutex_unlock(&job->lock);
  return is_done;
}

static int64_t later(int64_t limit) {
  int64_t now = slr_monotonic_now();
  return limit > INT64_MAX - now ? INT64_MAX : now + limit;
}

// Milliseconds for poll, rounded up.
static int until(int64_t deadline) {
  int64_t left = deadline - slr_monotonic_now();
  if (left <= 0) return 0;
  return left > 3600000000000 ? 3600000 : (int)((left + 999999) / 1000000);
}

// MARK: Connecting

typedef struct {
  char **keywords;
  char **values;
  int64_t deadline;
  PGconn *libpq;
} attempt;

static void texts_free(char **texts) {
  for (char **text = texts; text != NULL && *text != NULL; text++) {
    explicit_bzero(*text, strlen(*text));
    free(*text);
  }
  free(texts);
}

static char **texts_copy(const char *const *texts) {
  size_t count = 0;
  while (texts[count] != NULL) count++;
  char **copy = calloc(count + 1, sizeof *copy);
  for (size_t index = 0; copy != NULL && index < count; index++) {
    copy[index] = strdup(texts[index]);
    if (copy[index] == NULL) {
      texts_free(copy);
      return NULL;
    }
  }
  return copy;
}

static void attempt_free(void *work) {
  attempt *attempt = work;
  if (attempt->libpq != NULL) slr_api.PQfinish(attempt->libpq);
  texts_free(attempt->keywords);
  texts_free(attempt->values);
  free(attempt);
}

// What the server says besides may quote data, so it goes nowhere.
static void ignore(void *nothing, const PGresult *notice) {
  (void)nothing;
  (void)notice;
}

static void attempt_run(void *work, _Atomic int *stage) {
  attempt *attempt = work;
  *stage = SLR_STAGE_LOOKUP;
  PGconn *libpq = slr_api.PQconnectStartParams((const char *const *)attempt->keywords,
                                               (const char *const *)attempt->values, 0);
  attempt->libpq = libpq;
  if (libpq == NULL) return;
  slr_api.PQsetErrorVerbosity(libpq, PQERRORS_SQLSTATE);
  slr_api.PQsetNoticeReceiver(libpq, ignore, NULL);
  PostgresPollingStatusType wish = PGRES_POLLING_WRITING;
  while (slr_api.PQstatus(libpq) != CONNECTION_BAD) {
    short events = wish == PGRES_POLLING_READING ? POLLIN : POLLOUT;
    struct pollfd line = {.fd = slr_api.PQsocket(libpq), .events = events};
    int ready = poll(&line, 1, until(attempt->deadline));
    if (ready == 0 && slr_monotonic_now() >= attempt->deadline) return;
    if (ready < 1) continue;
    // The server's first word in answer to ours is its greeting.
    ConnStatusType before = slr_api.PQstatus(libpq);
    if (before == CONNECTION_AWAITING_RESPONSE && events == POLLIN)
      *stage = SLR_STAGE_LOGIN;
    // Looks the next name up when an address does not answer.
    wish = slr_api.PQconnectPoll(libpq);
    if (wish == PGRES_POLLING_OK || wish == PGRES_POLLING_FAILED) return;
    switch (slr_api.PQstatus(libpq)) {
      case CONNECTION_STARTED: *stage = SLR_STAGE_CONNECT; break;
      case CONNECTION_MADE:
      case CONNECTION_SSL_STARTUP: *stage = SLR_STAGE_GREETING; break;
      case CONNECTION_AWAITING_RESPONSE:
        if (before != CONNECTION_AWAITING_RESPONSE) *stage = SLR_STAGE_GREETING;
        break;
      default: *stage = SLR_STAGE_LOGIN; break;
    }
  }
}

const char *slr_connect_failure_text(const slr_connect_failure *failure) { return failure->text; }

slr_connection *slr_connect(const char *const *keywords, const char *const *values, int64_t limit,
                            slr_connect_failure *failure) {
  memset(failure, 0, sizeof *failure);
  job *shared = calloc(1, sizeof *shared);
  attempt *mine = calloc(1, sizeof *mine);
  slr_connection *connection = calloc(1, sizeof *connection);
  bool is_ready = shared != NULL && mine != NULL && connection != NULL;
  if (is_ready) {
    mine->keywords = texts_copy(keywords);
    mine->values = texts_copy(values);
    mine->deadline = later(limit);
    is_ready = mine->keywords != NULL && mine->values != NULL;
    shared->run = attempt_run;
    shared->release = attempt_free;
    shared->work = mine;
  }
  if (!is_ready || !job_start(shared)) {
    failure->threadless = is_ready;
    if (mine != NULL) attempt_free(mine);
    free(shared);
    free(connection);
    return NULL;
  }
  int stage;
  bool is_done = job_wait(shared, mine->deadline, &stage);
  failure->stage = (slr_stage)stage;
  if (!is_done) {
    failure->hung = true;
    free(connection);
    return NULL;
  }
  PGconn *libpq = mine->libpq;
  if (libpq != NULL && slr_api.PQstatus(libpq) == CONNECTION_OK &&
      slr_api.PQsetnonblocking(libpq, 1) == 0 && slr_api.PQenterPipelineMode(libpq) == 1) {
    connection->libpq = libpq;
    mine->libpq = NULL;
    job_free(shared);
    return connection;
  }
  if (libpq != NULL && slr_api.PQstatus(libpq) != CONNECTION_BAD) {
    failure->hung = true;
  } else if (libpq != NULL) {
    // The end of the text is about the last address.
    const char *text = slr_api.PQerrorMessage(libpq);
    size_t length = strlen(text);
    size_t skipped = length < sizeof failure->text ? 0 : length - sizeof failure->text + 1;
    strncpy(failure->text, text + skipped, sizeof failure->text - 1);
  }
  job_free(shared);
  free(connection);
  return NULL;
}

// MARK: Cancelling

typedef struct {
  PGcancel *cancel;
  bool is_sent;
} cancellation;

static void cancellation_free(void *work) {
  cancellation *cancellation = work;
  slr_api.PQfreeCancel(cancellation->cancel);
  free(cancellation);
}

static void cancellation_run(void *work, _Atomic int *stage) {
  (void)stage;
  cancellation *cancellation = work;
  char complaint[256];
  cancellation->is_sent =
      slr_api.PQcancel(cancellation->cancel, complaint, sizeof complaint) == 1;
}

bool slr_connection_cancel(slr_connection *connection, int64_t limit) {
  PGcancel *cancel = slr_api.PQgetCancel(connection->libpq);
  if (cancel == NULL) return false;
  job *shared = calloc(1, sizeof *shared);
  cancellation *mine = calloc(1, sizeof *mine);
  if (shared == NULL || mine == NULL) {
    slr_api.PQfreeCancel(cancel);
    free(shared);
    free(mine);
    return false;
  }
  mine->cancel = cancel;
  shared->run = cancellation_run;
  shared->release = cancellation_free;
  shared->work = mine;
  if (!job_start(shared)) {
    cancellation_free(mine);
    free(shared);
    return false;
  }
  int stage;
  if (!job_wait(shared, later(limit), &stage)) return false;
  bool is_sent = mine->is_sent;
  job_free(shared);
  return is_sent;
}

// MARK: Ending

void slr_connection_close(slr_connection *connection) {
  slr_api.PQfinish(connection->libpq);
  free(connection);
}

void slr_connection_drop(slr_connection *connection) {
  int line = slr_api.PQsocket(connection->libpq);
  // Its failure would mean that the line is cut already.
  if (line >= 0) (void)shutdown(line, SHUT_RDWR);
  slr_connection_close(connection);
}

#include "library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>
#include <time.h>

#include "slr_postgres.h"

#define LIBRARY "libpq.so.5"

struct slr_library slr_api;

static char missing[512];
static pthread_once_t opened = PTHREAD_ONCE_INIT;

static void note_missing(const char *what) {
  strncpy(missing, what, sizeof missing - 1);
}

static void open_library(void) {
  // The handle is never closed: an abandoned thread may still be inside.
  void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
  if (library == NULL) {
    const char *reason = dlerror();
    note_missing(reason != NULL ? reason : LIBRARY);
    return;
  }
#define LOAD(name)                                                                                \
  *(void **)&slr_api.name = dlsym(library, #name);                                                \
  if (slr_api.name == NULL) {                                                                     \
    note_missing(LIBRARY ": " #name);                                                             \
    return;                                                                                       \
  }
  SLR_FUNCTIONS(LOAD)
#undef LOAD
}

const char *slr_postgres_open(void) {
  if (pthread_once(&opened, open_library) != 0) return "pthread_once";
  return missing[0] == '\0' ? NULL : missing;
}

int slr_postgres_version(void) { return slr_api.PQlibVersion(); }

int64_t slr_monotonic_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

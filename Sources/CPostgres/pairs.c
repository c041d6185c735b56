#include <stdlib.h>
#include <string.h>

#include "library.h"
#include "slr_postgres.h"

struct slr_pairs {
  size_t count;
  size_t capacity;
  char **texts;  // keyword, value, keyword, value …
};

static slr_pairs *pairs_new(size_t capacity) {
  slr_pairs *pairs = calloc(1, sizeof *pairs);
  if (pairs == NULL) return NULL;
  pairs->texts = calloc(2 * capacity + 1, sizeof *pairs->texts);
  pairs->capacity = capacity;
  if (pairs->texts == NULL) {
    free(pairs);
    return NULL;
  }
  return pairs;
}

static void pairs_add(slr_pairs *pairs, const char *keyword, const char *value) {
  if (value == NULL || value[0] == '\0' || pairs->count == pairs->capacity) return;
  for (size_t index = 0; index < pairs->count; index++)
    if (strcmp(pairs->texts[2 * index], keyword) == 0) return;
  char *name = strdup(keyword);
  char *text = strdup(value);
  if (name == NULL || text == NULL) {
    free(name);
    free(text);
    return;
  }
  pairs->texts[2 * pairs->count] = name;
  pairs->texts[2 * pairs->count + 1] = text;
  pairs->count++;
}

static slr_pairs *pairs_of(const PQconninfoOption *options) {
  size_t count = 0;
  while (options[count].keyword != NULL) count++;
  slr_pairs *pairs = pairs_new(count + 4);
  for (size_t index = 0; pairs != NULL && index < count; index++)
    pairs_add(pairs, options[index].keyword, options[index].val);
  return pairs;
}

slr_pairs *slr_pairs_parse(const char *text) {
  char *complaint = NULL;
  PQconninfoOption *options = slr_api.PQconninfoParse(text, &complaint);
  if (complaint != NULL) slr_api.PQfreemem(complaint);
  if (options == NULL) return NULL;
  slr_pairs *pairs = pairs_of(options);
  slr_api.PQconninfoFree(options);
  return pairs;
}

slr_pairs *slr_pairs_resolve(const char *const *keywords, const char *const *values) {
  // libpq merges its options before it checks them, and checks them before it connects: an impossible value of
  // one of them ends it in between. A password keeps it from opening the password file.
  size_t count = 0;
  while (keywords[count] != NULL) count++;
  const char **names = calloc(count + 3, sizeof *names);
  const char **texts = calloc(count + 3, sizeof *texts);
  slr_pairs *pairs = NULL;
  if (names != NULL && texts != NULL) {
    memcpy(names, keywords, count * sizeof *names);
    memcpy(texts, values, count * sizeof *texts);
    names[count] = "password";
    texts[count] = "-";
    names[count + 1] = "channel_binding";
    texts[count + 1] = "nowhere";
    PGconn *probe = slr_api.PQconnectStartParams(names, texts, 0);
    if (probe != NULL && strstr(slr_api.PQerrorMessage(probe), "channel_binding") != NULL) {
      PQconninfoOption *options = slr_api.PQconninfo(probe);
      if (options != NULL) {
        for (PQconninfoOption *option = options; option->keyword != NULL; option++) {
          if (option->val == NULL) continue;
          if (strcmp(option->keyword, "password") == 0 ||
              strcmp(option->keyword, "channel_binding") == 0)
            option->val[0] = '\0';
        }
        pairs = pairs_of(options);
        slr_api.PQconninfoFree(options);
      }
      if (pairs != NULL) {
        pairs_add(pairs, "user", slr_api.PQuser(probe));
        pairs_add(pairs, "dbname", slr_api.PQdb(probe));
        pairs_add(pairs, "host", slr_api.PQhost(probe));
        pairs_add(pairs, "port", slr_api.PQport(probe));
      }
    }
    if (probe != NULL) slr_api.PQfinish(probe);
  }
  free(names);
  free(texts);
  return pairs;
}

size_t slr_pairs_count(const slr_pairs *pairs) { return pairs->count; }

const char *slr_pairs_keyword(const slr_pairs *pairs, size_t index) {
  return pairs->texts[2 * index];
}

const char *slr_pairs_value(const slr_pairs *pairs, size_t index) {
  return pairs->texts[2 * index + 1];
}

void slr_pairs_free(slr_pairs *pairs) {
  if (pairs == NULL) return;
  for (size_t index = 0; index < 2 * pairs->count; index++) {
    explicit_bzero(pairs->texts[index], strlen(pairs->texts[index]));
    free(pairs->texts[index]);
  }
  free(pairs->texts);
  free(pairs);
}

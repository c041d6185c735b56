#define _GNU_SOURCE
#include "slr_system.h"

#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>

int slr_exchange(const char *one, const char *other) {
  return renameat2(AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}

void slr_keep_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

#include "slr_arguments.h"

#include <stddef.h>

static int count;
static char **words;

// glibc hands main's arguments to the functions it calls before main.
__attribute__((constructor)) static void keep(int argc, char **argv) {
  count = argc;
  words = argv;
}

int slr_argument_count(void) { return count; }

const char *slr_argument(int index) { return index >= 0 && index < count ? words[index] : NULL; }

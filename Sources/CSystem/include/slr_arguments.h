#pragma once

/// How many words the kernel handed over, the program's name among them.
int slr_argument_count(void);

/// One of them; `NULL` beyond the last.
const char *slr_argument(int index);

#pragma once

/// Lets two paths of one file system change places in one step; 0, or -1 with errno.
int slr_exchange(const char *one, const char *other);

#pragma once

#include <stddef.h>
#include <stdint.h>

/// The CRC-32C (Castagnoli) of the bytes after those that gave `crc`; 0 for the first.
uint32_t slr_crc32c(uint32_t crc, const void *bytes, size_t count);

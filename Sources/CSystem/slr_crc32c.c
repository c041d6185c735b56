#include "slr_crc32c.h"

#include <string.h>

// Of each half byte, by the reversed polynomial 0x82F63B78.
static const uint32_t halves[16] = {
    0x00000000, 0x105EC76F, 0x20BD8EDE, 0x30E349B1, 0x417B1DBC, 0x5125DAD3, 0x61C69362, 0x7198540D,
    0x82F63B78, 0x92A8FC17, 0xA24BB5A6, 0xB21572C9, 0xC38D26C4, 0xD3D3E1AB, 0xE330A81A, 0xF36E6F75,
};

static uint32_t by_table(uint32_t crc, const uint8_t *at, size_t count) {
  while (count--) {
    crc ^= *at++;
    crc = halves[crc & 15] ^ crc >> 4;
    crc = halves[crc & 15] ^ crc >> 4;
  }
  return crc;
}

#if defined(__x86_64__)
#include <immintrin.h>

static inline uint64_t word(const uint8_t *at) {
  uint64_t value;
  memcpy(&value, at, 8);
  return value;
}

/// Moves a CRC over `n` zero bytes; `power` is x^(8n - 33), bits reversed.
__attribute__((target("sse4.2,pclmul"))) static inline uint64_t moved(uint64_t crc, uint32_t power) {
  __m128i product =
      _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)crc), _mm_cvtsi64_si128(power), 0);
  return _mm_crc32_u64(0, (uint64_t)_mm_cvtsi128_si64(product));
}

/// The instruction takes three steps and starts one each step: three lanes keep it busy.
#define LANES(length, one, two)                                                                    \
  while (count >= 3 * (length)) {                                                                  \
    uint64_t second = 0, third = 0;                                                                \
    for (size_t i = 0; i < (length); i += 8) {                                                     \
      crc = _mm_crc32_u64(crc, word(at + i));                                                      \
      second = _mm_crc32_u64(second, word(at + (length) + i));                                     \
      third = _mm_crc32_u64(third, word(at + 2 * (length) + i));                                   \
    }                                                                                              \
    crc = moved(crc, two) ^ moved(second, one) ^ third;                                            \
    at += 3 * (length);                                                                            \
    count -= 3 * (length);                                                                         \
  }

__attribute__((target("sse4.2,pclmul"))) static uint32_t by_instruction(uint32_t start, const uint8_t *at,
                                                                        size_t count) {
  uint64_t crc = start;
  LANES(4096, 0x82F89C77, 0x54A86326)
  LANES(96, 0x0715CE53, 0xAB7AFF2A)
  for (; count >= 8; at += 8, count -= 8) crc = _mm_crc32_u64(crc, word(at));
  for (; count > 0; at++, count--) crc = _mm_crc32_u8((uint32_t)crc, *at);
  return (uint32_t)crc;
}
#endif

uint32_t slr_crc32c(uint32_t crc, const void *bytes, size_t count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("pclmul")) {
    return ~by_instruction(~crc, bytes, count);
  }
#endif
  return ~by_table(~crc, bytes, count);
}

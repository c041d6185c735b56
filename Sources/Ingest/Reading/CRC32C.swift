import CSystem

/// The checksum that Prometheus writes after everything in a block (Castagnoli's polynomial), and that files are
/// remembered by.
enum CRC32C {
  static func of(_ bytes: UnsafeRawBufferPointer, after crc: UInt32 = 0) -> UInt32 {
    guard let base = bytes.baseAddress else { return crc }
    return slr_crc32c(crc, base, bytes.count)
  }
}

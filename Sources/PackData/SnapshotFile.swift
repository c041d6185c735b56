import CZlib
import Glibc

/// What went wrong while a snapshot was written.
enum SnapshotError: Error {
  case compression(code: Int32)
  case file(step: String, path: String, code: Int32)
}

/// A snapshot on its way to disk.
struct SnapshotFile {
  let path: String

  /// Compresses and writes to a temporary name first, so that no reader meets half a file.
  func write(_ text: [UInt8]) throws(SnapshotError) {
    let bytes = try SnapshotFile.gzip(text)
    let temporary = path + ".tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .file(step: "open", path: temporary, code: errno) }
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let code = errno
        _ = close(descriptor)  // the first error is the one to report
        throw .file(step: "write", path: temporary, code: code)
      }
      written += count
    }
    guard close(descriptor) == 0 else { throw .file(step: "close", path: temporary, code: errno) }
    guard rename(temporary, path) == 0 else { throw .file(step: "rename", path: path, code: errno) }
  }

  /// One gzip member without name and time, so that the same text gives the same bytes.
  private static func gzip(_ text: [UInt8]) throws(SnapshotError) -> [UInt8] {
    var stream = z_stream()
    let gzipWindow: Int32 = 15 + 16
    var code = deflateInit2_(
      &stream, Z_BEST_COMPRESSION, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard code == Z_OK else { throw .compression(code: code) }
    var source = text
    var result = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(text.count))))
    code = source.withUnsafeMutableBufferPointer { input in
      result.withUnsafeMutableBufferPointer { output in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return deflate(&stream, Z_FINISH)
      }
    }
    let count = Int(stream.total_out)
    let closed = deflateEnd(&stream)
    guard code == Z_STREAM_END else { throw .compression(code: code) }
    guard closed == Z_OK else { throw .compression(code: closed) }
    return Array(result[..<count])
  }
}

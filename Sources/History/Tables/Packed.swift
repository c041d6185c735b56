private import CZlib

/// Texts compressed one after the other into one value of the file, each a zlib stream of its own.
enum Packed {
  enum Malformed: Error { case malformed }

  /// The most that one text may have, as long as a value of the file: nothing is kept that could not be read again.
  static let limit = 256 << 20

  static func pack(_ texts: [[UInt8]]) -> [UInt8]? {
    var packed: [UInt8] = []
    for text in texts {
      var room = compressBound(UInt(text.count))
      var code = Z_OK
      packed += [UInt8](unsafeUninitializedCapacity: Int(room)) { output, count in
        code = compress2(
          output.baseAddress, &room, text, UInt(text.count), Z_DEFAULT_COMPRESSION)
        count = code == Z_OK ? Int(room) : 0
      }
      guard code == Z_OK else { return nil }
    }
    return packed
  }

  /// The texts of a value.
  ///
  /// Memory grows with what comes out, and only up to the limit: no length in the value is trusted.
  ///
  /// - Throws: ``Malformed`` unless the value is exactly `count` whole streams.
  static func unpack(_ packed: [UInt8], count: Int, limit: Int = limit) throws(Malformed)
    -> [[UInt8]]
  {
    var (texts, start) = ([[UInt8]](), 0)
    for _ in 0..<count {
      let (text, length) = try inflated(packed[start...], limit: limit)
      texts.append(text)
      start += length
    }
    guard start == packed.count else { throw .malformed }
    return texts
  }

  /// The text of the first stream, and the length of that.
  private static func inflated(
    _ packed: ArraySlice<UInt8>, limit: Int
  ) throws(Malformed) -> (text: [UInt8], length: Int) {
    var stream = z_stream()
    guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { throw .malformed }
    defer { inflateEnd(&stream) }
    var text: [UInt8] = []
    var code = Z_OK
    packed.withUnsafeBufferPointer { input in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(input.count)
      withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 16) { output in
        while code == Z_OK, text.count <= limit {
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          code = inflate(&stream, Z_NO_FLUSH)
          text += output[..<(output.count - Int(stream.avail_out))]
        }
      }
    }
    guard code == Z_STREAM_END, text.count <= limit else { throw .malformed }
    return (text, Int(stream.total_in))
  }
}

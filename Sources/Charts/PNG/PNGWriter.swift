import CZlib

/// Writes pictures of few colours as PNG.
enum PNGWriter {
  /// A file with a palette of at most 256 colours and nothing but the picture: no text, no time.
  ///
  /// When there are more, those of `exact` stay as they are. `nil` when memory is short.
  static func file(_ grid: PixelGrid, keeping exact: Set<UInt32>) -> [UInt8]? {
    var palette = PixelPalette(of: grid, keeping: exact)
    let rows = filtered(grid, &palette)
    guard let data = compressed(rows) else { return nil }
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    file.reserveCapacity(data.count + 1024)
    // Eight bits a pixel, colours by index; the other three have one value only.
    append("IHDR", bytes(grid.width) + bytes(grid.height) + [8, 3, 0, 0, 0], to: &file)
    append("PLTE", palette.colours.flatMap { bytes(Int($0)).dropFirst() }, to: &file)
    append("IDAT", data, to: &file)
    append("IEND", [], to: &file)
    return file
  }

  /// The rows as indices, each as the difference from the row above, which is mostly nothing.
  private static func filtered(_ grid: PixelGrid, _ palette: inout PixelPalette) -> [UInt8] {
    let length = grid.width + 1
    return [UInt8](unsafeUninitializedCapacity: length * grid.height) { out, count in
      count = length * grid.height
      out.initialize(repeating: 0)
      var values = [UInt8](repeating: 0, count: grid.width)
      for index in 0..<grid.height {
        let row = grid.row(index)
        let start = index * length
        out[start] = 2  // "Up"
        grid.forEachChange(inRow: index) { part in
          for x in part {
            let value = palette.index(of: row[x] & 0xFF_FFFF)
            out[start + 1 + x] = value &- values[x]
            values[x] = value
          }
        }
      }
    }
  }

  /// Compressed by runs alone, which a picture of differences is made of: smaller than by search, and faster.
  private static func compressed(_ bytes: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    // 15 bits of window and 9 of memory are the most there is.
    let code = deflateInit2_(&stream, 1, Z_DEFLATED, 15, 9, Z_RLE, ZLIB_VERSION, size)
    guard code == Z_OK else { return nil }
    defer { deflateEnd(&stream) }
    let bound = deflateBound(&stream, UInt(bytes.count))
    return bytes.withUnsafeBufferPointer { input -> [UInt8]? in
      stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
      stream.avail_in = UInt32(input.count)
      var isDone = false
      let data = [UInt8](unsafeUninitializedCapacity: Int(bound)) { output, count in
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        isDone = deflate(&stream, Z_FINISH) == Z_STREAM_END
        count = Int(stream.total_out)
      }
      return isDone ? data : nil
    }
  }

  private static func append(_ name: String, _ data: [UInt8], to file: inout [UInt8]) {
    file += bytes(data.count)
    let start = file.count
    file += name.utf8
    file += data
    let sum = file.withUnsafeBufferPointer { all in
      crc32(0, all.baseAddress.map { $0 + start }, UInt32(all.count - start))
    }
    file += bytes(Int(sum))
  }

  /// A number as four bytes, the highest first.
  private static func bytes(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}

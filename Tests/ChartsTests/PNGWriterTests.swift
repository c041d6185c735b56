import Foundation
import Testing

@testable import Charts

@Suite("A PNG with a palette")
struct PNGWriterTests {
  private struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads a PNG by Python's own zlib, with nothing of ours: its kind of colour, chunk names and pixels as 0xRRGGBB.
  private static let reader = """
    import struct, sys, zlib
    data = open(sys.argv[1], 'rb').read()
    assert data[:8] == b'\\x89PNG\\r\\n\\x1a\\n'
    at, chunks = 8, []
    while at < len(data):
        size, name = struct.unpack('>I4s', data[at:at + 8])
        body, = [data[at + 8:at + 8 + size]]
        assert struct.unpack('>I', data[at + 8 + size:at + 12 + size])[0] == zlib.crc32(name + body), name
        chunks.append((name.decode(), body))
        at += 12 + size
    width, height, depth, kind = struct.unpack('>IIBB', chunks[0][1][:10])
    palette = dict(chunks)['PLTE']
    raw = zlib.decompress(b''.join(body for name, body in chunks if name == 'IDAT'))
    assert (depth, kind) == (8, 3) and len(raw) == height * (width + 1)
    above, out = bytes(width), []
    for y in range(height):
        row = raw[y * (width + 1):(y + 1) * (width + 1)]
        assert row[0] in (0, 2)
        above = bytes((a + b) & 255 for a, b in zip(row[1:], above)) if row[0] == 2 else row[1:]
        out += [int.from_bytes(palette[3 * i:3 * i + 3], 'big') for i in above]
    print(' '.join(name for name, _ in chunks))
    print(width, height, len(palette) // 3)
    print(' '.join(map(str, out)))
    """

  private func decoded(_ bytes: [UInt8]) throws -> (chunks: String, size: String, pixels: [UInt32])
  {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("png-\(UUID().uuidString)")
    try Data(bytes).write(to: file)
    defer { _ = try? FileManager.default.removeItem(at: file) }
    let python = Process()
    let output = Pipe()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = ["python3", "-c", Self.reader, file.path]
    python.standardOutput = output
    try python.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    python.waitUntilExit()
    let lines = text.split(separator: "\n")
    guard python.terminationStatus == 0, lines.count == 3 else {
      throw Failure(description: "not readable")
    }
    return (
      String(lines[0]), String(lines[1]), lines[2].split(separator: " ").compactMap { UInt32($0) }
    )
  }

  private func file(_ pixels: [UInt32], width: Int, stride: Int, keeping exact: Set<UInt32> = [])
    throws -> [UInt8]
  {
    var pixels = pixels
    return try pixels.withUnsafeMutableBufferPointer { buffer in
      let grid = PixelGrid(
        pixels: buffer, width: width, height: buffer.count / stride, stride: stride)
      return try #require(PNGWriter.file(grid, keeping: exact))
    }
  }

  private func distance(_ one: UInt32, _ two: UInt32) -> Int {
    let parts = [UInt32(16), 8, 0].map { shift in
      Int(one >> shift & 255) - Int(two >> shift & 255)
    }
    return parts.map(abs).max() ?? 0
  }

  @Test("of up to 256 colours is exact, and has nothing but the picture in it")
  func exact() throws {
    // 16 × 16 pixels of 256 colours; the top byte and the two pixels beyond each row do not count.
    let pixels = (0..<16 * 18).map { index -> UInt32 in
      let number = index % 18 * 16 + index / 18
      return 0xFF00_0000 | UInt32(number) << 9
    }
    let read = try decoded(file(pixels, width: 16, stride: 18))
    #expect(read.chunks == "IHDR PLTE IDAT IEND")
    #expect(read.size == "16 16 256")
    let expected = (0..<256).map { index -> UInt32 in
      let place = index / 16 * 18 + index % 16
      return pixels[place] & 0xFF_FFFF
    }
    #expect(read.pixels == expected)
  }

  @Test("of more colours keeps the given ones, and the others nearly")
  func reduced() throws {
    let paints: [UInt32] = [0xFFFFFF, 0x14568F, 0xB3261E, 0x17202A]
    // Blends of each paint with white, as the edges of letters have them.
    let blends: [UInt32] = paints.flatMap { paint -> [UInt32] in
      (0..<200).map { part -> UInt32 in
        func channel(_ shift: UInt32) -> UInt32 {
          let full = Int(paint >> shift & 255)
          return UInt32(255 - (255 - full) * part / 200) << shift
        }
        return channel(16) | channel(8) | channel(0)
      }
    }
    var pixels: [UInt32] = blends
    pixels += paints
    pixels += [UInt32](repeating: 0xFFFFFF, count: 12)
    #expect(Set(pixels).count > 500)
    let read = try decoded(file(pixels, width: 34, stride: 34, keeping: Set(paints)))
    #expect(read.pixels.count == pixels.count && Set(read.pixels).count <= 256)
    for (drawn, kept) in zip(pixels, read.pixels) {
      let allowed = paints.contains(drawn) ? 0 : 4
      #expect(distance(drawn, kept) <= allowed)
    }
  }

  @Test("of a chart differs from Cairo's picture by at most 12 of 255 in a channel")
  func chart() throws {
    let page = Examples.scene(Examples.overspent, .narrow)
      .framed(heading: "Heading", subheading: "What is drawn")
    let drawn = try Raster.pixels(page, scale: 1, .light) { grid -> [UInt32] in
      var all: [UInt32] = []
      for row in 0..<grid.height { all += grid.row(row).map { $0 & 0xFF_FFFF } }
      return all
    }
    let bytes = try Raster.png(
      Examples.scene(Examples.overspent, .narrow), heading: "Heading", subheading: "What is drawn",
      scale: 1)
    let kept = try decoded(bytes).pixels
    try #require(kept.count == drawn.count)
    let distances = zip(drawn, kept).map(distance)
    #expect(distances.max() ?? 255 <= 12)
    #expect(Set(drawn).count > 256, "or the comparison says nothing")
  }

  @Test("of thousands of colours still has at most 256")
  func many() throws {
    let pixels = (0..<65_536).map { UInt32($0) &* 0x9E_3779 }
    let read = try decoded(file(pixels, width: 256, stride: 256))
    #expect(Set(read.pixels).count <= 256)
  }
}

/// A picture in memory, row by row, each pixel with red, green and blue in its lower three bytes.
struct PixelGrid {
  let pixels: UnsafeMutableBufferPointer<UInt32>
  let width: Int
  let height: Int
  /// Pixels from one row to the next.
  let stride: Int

  func row(_ index: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(rebasing: pixels[index * stride..<index * stride + width])
  }

  /// Fills a box as wide as whole pixels; the upper and the lower edge are blended where they cut a pixel.
  func fill(columns: Range<Int>, from top: Double, to bottom: Double, _ colour: UInt32) {
    let columns = columns.clamped(to: 0..<width)
    let (top, bottom) = (max(top, 0), min(bottom, Double(height)))
    guard !columns.isEmpty, top < bottom else { return }
    let (first, last) = (Int(top), min(Int(bottom), height - 1))
    for y in first...last {
      let share = min(bottom, Double(y + 1)) - max(top, Double(y))
      let start = y * stride
      for x in start + columns.lowerBound..<start + columns.upperBound {
        pixels[x] = share >= 1 ? colour : Self.blend(colour, over: pixels[x], share)
      }
    }
  }

  private static func blend(_ colour: UInt32, over ground: UInt32, _ share: Double) -> UInt32 {
    let part = UInt32(share * 256)
    func channel(_ shift: UInt32) -> UInt32 {
      let (new, old) = (colour >> shift & 255, ground >> shift & 255)
      return ((new * part + old * (256 - part) + 128) >> 8) << shift
    }
    return channel(16) | channel(8) | channel(0)
  }
}

extension PixelGrid {
  /// Calls `body` with every part of a row, eight pixels at most, that differs from the row above.
  @inline(__always)
  func forEachChange(inRow index: Int, _ body: (Range<Int>) -> Void) {
    let (row, above) = (row(index), row(max(0, index - 1)))
    guard let base = row.baseAddress, let baseAbove = above.baseAddress else { return }
    var x = 0
    while x < width {
      let end = min(x + 8, width)
      if index == 0 || end - x < 8
        || Self.differ(UnsafeRawPointer(base + x), UnsafeRawPointer(baseAbove + x))
      {
        body(x..<end)
      }
      x = end
    }
  }

  /// Whether eight pixels are others.
  @inline(__always)
  private static func differ(_ one: UnsafeRawPointer, _ other: UnsafeRawPointer) -> Bool {
    func part(_ offset: Int) -> UInt64 {
      one.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        ^ other.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
    }
    return part(0) | part(8) | part(16) | part(24) != 0
  }
}

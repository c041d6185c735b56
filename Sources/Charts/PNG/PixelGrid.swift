/// A picture in memory, row by row, each pixel with red, green and blue in its lower three bytes.
struct PixelGrid {
  let pixels: UnsafeBufferPointer<UInt32>
  let width: Int
  let height: Int
  /// Pixels from one row to the next.
  let stride: Int

  func row(_ index: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(rebasing: pixels[index * stride..<index * stride + width])
  }
}

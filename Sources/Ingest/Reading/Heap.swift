/// The memory of the process.
enum Heap {
  /// Lets what is freed stay with the process up to twice this, instead of going back to the system and coming again,
  /// page by page, a thousand times a second.
  ///
  /// The system's allocator learns it from a large piece that is freed; none of its pages is ever touched.
  static func keepFreed() {
    UnsafeMutableRawPointer.allocate(byteCount: 8 << 20, alignment: 16).deallocate()
  }
}

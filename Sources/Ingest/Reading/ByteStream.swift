/// Bytes that come one portion after the other: of a file, of what a file holds compressed.
protocol ByteStream: AnyObject {
  /// Fills the front of `buffer` and gives the number of bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int
}

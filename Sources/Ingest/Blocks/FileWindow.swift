/// The part of a file that one reader holds in memory.
///
/// What it gives is good until the next question, and no longer than the window itself: whoever owns one keeps it alive. Behind it at least ``slack`` bytes can be read that mean nothing, so that
/// a decoder may load whole words at the end.
final class FileWindow {
  static let slack = 64
  /// The longest piece that can be asked for.
  static let limit = 1 << 22

  let file: BlockFile
  private var buffer: UnsafeMutableRawBufferPointer
  private var start: Int64 = 0
  private var filled = 0

  init(_ file: BlockFile, capacity: Int = 1 << 17) {
    self.file = file
    buffer = .allocate(byteCount: capacity + FileWindow.slack, alignment: 64)
  }

  deinit { buffer.deallocate() }

  /// Exactly `count` bytes from `offset` on.
  ///
  /// - Throws: `truncated` when the file ends before, ``IngestError/Damage/length`` when more than ``limit`` is asked for.
  func bytes(at offset: Int64, count: Int) throws(BlockFault) -> UnsafeRawBufferPointer {
    guard offset >= 0, offset <= file.size else {
      throw BlockFault(.reference, in: file.path, at: offset)
    }
    guard count <= FileWindow.limit else { throw BlockFault(.length, in: file.path, at: offset) }
    guard Int64(count) <= file.size - offset else {
      throw BlockFault(.truncated, in: file.path, at: file.size)
    }
    let from = offset - start
    if from >= 0, from <= Int64(filled), count <= filled - Int(from) {
      return UnsafeRawBufferPointer(rebasing: buffer[Int(from)..<Int(from) + count])
    }
    if count > buffer.count - FileWindow.slack {
      buffer.deallocate()
      buffer = .allocate(byteCount: count + FileWindow.slack, alignment: 64)
    }
    filled = 0
    let length = Int(min(Int64(buffer.count - FileWindow.slack), file.size - offset))
    try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<length]), at: offset)
    (start, filled) = (offset, length)
    return UnsafeRawBufferPointer(rebasing: buffer[..<count])
  }

  /// Up to `count` bytes from `offset` on: fewer at the end of the file.
  func front(at offset: Int64, atMost count: Int) throws(BlockFault) -> UnsafeRawBufferPointer {
    try bytes(at: offset, count: Int(max(0, min(Int64(count), file.size - offset))))
  }
}

/// The files `chunks/000001` and on of one block.
struct ChunkFiles: Sendable {
  /// The numbers of the files begin with 1.
  let files: [BlockFile]

  init(_ files: [BlockFile]) throws(BlockFault) {
    self.files = files
    for file in files {
      let window = FileWindow(file, capacity: 8)
      defer { withExtendedLifetime(window) {} }
      var cursor = ByteCursor(try window.bytes(at: 0, count: 8))
      guard cursor.fixed(UInt32.self) == 0x85BD_40DD else {
        throw BlockFault(.magic, in: file.path, at: 0)
      }
      let version = cursor.byte() ?? 0
      guard version == 1 else { throw BlockFault(.version(version), in: file.path, at: 4) }
    }
  }
}

/// One chunk as it is stored, its checksum looked at.
struct StoredChunk {
  let encoding: UInt8
  /// The chunk's own bytes; after them ``FileWindow/slack`` bytes can be read.
  let data: UnsafeRawBufferPointer
  let checksum: UInt32
  /// Where the data begin, and in which file.
  let place: Int64
  /// Counting references to it, chunk by chunk, would cost a twentieth of all; what holds the data holds the file.
  unowned(unsafe) let file: BlockFile

  /// How many samples it says it holds.
  var count: Int { data.count < 2 ? 0 : Int(data[0]) << 8 | Int(data[1]) }

  func fault(_ damage: IngestError.Damage, at bit: Int) -> BlockFault {
    BlockFault(damage, in: file.path, at: place + Int64(min(bit / 8, data.count)))
  }
}

/// Reads chunks of one block for one thread.
final class ChunkReader {
  private let files: [BlockFile]
  /// On the file that was read last: the chunks of neighbouring series are neighbours.
  private var window: FileWindow?
  private var number = -1

  init(_ chunks: ChunkFiles) { files = chunks.files }

  /// The chunk that a reference of the index means; good until the next one is asked for.
  func chunk(_ reference: UInt64, of index: BlockFile) throws(BlockFault) -> StoredChunk {
    let window = try window(of: Int(reference >> 32), index)
    let place = Int64(reference & 0xFFFF_FFFF)
    var cursor = ByteCursor(try window.front(at: place, atMost: 16))
    guard let length = cursor.uvarint(), length <= UInt64(FileWindow.limit) - 16 else {
      let isShort = window.file.size - place < 10
      throw isShort
        ? BlockFault(.truncated, in: window.file.path, at: window.file.size)
        : BlockFault(.length, in: window.file.path, at: place)
    }
    let head = cursor.offset
    let end = head + 1 + Int(length)
    let bytes = try window.bytes(at: place, count: end + 4)
    cursor = ByteCursor(UnsafeRawBufferPointer(rebasing: bytes[end...]))
    let checksum = cursor.fixed(UInt32.self) ?? 0
    guard checksum == CRC32C.of(UnsafeRawBufferPointer(rebasing: bytes[head..<end])) else {
      throw BlockFault(.checksum, in: window.file.path, at: place)
    }
    return StoredChunk(
      encoding: bytes[head], data: UnsafeRawBufferPointer(rebasing: bytes[(head + 1)..<end]),
      checksum: checksum, place: place + Int64(head) + 1, file: window.file)
  }

  private func window(of number: Int, _ index: BlockFile) throws(BlockFault) -> FileWindow {
    if number == self.number, let window { return window }
    guard number < files.count else { throw BlockFault(.reference, in: index.path, at: 0) }
    let window = FileWindow(files[number])
    (self.window, self.number) = (window, number)
    return window
  }
}

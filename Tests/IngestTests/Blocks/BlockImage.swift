import Foundation
import Model

@testable import Ingest

/// The files of a block in memory.
struct BlockImage: Equatable {
  enum File: CaseIterable {
    case meta, index, chunks, tombstones

    var path: String {
      switch self {
      case .meta: "meta.json"
      case .index: "index"
      case .chunks: "chunks/000001"
      case .tombstones: "tombstones"
      }
    }
  }

  var files: [File: [UInt8]] = [:]

  init() {}

  // MARK: As one file

  /// The lengths of the first three files, two bytes each, the higher first; and all four.
  init(archive: [UInt8]) {
    var rest = archive.dropFirst(6)
    for (place, file) in File.allCases.enumerated() {
      let isLast = place == File.allCases.count - 1
      let length = isLast ? rest.count : Int(archive.number(at: 2 * place, bytes: 2))
      files[file] = Array(rest.prefix(length))
      rest = rest.dropFirst(length)
    }
  }

  var archive: [UInt8] {
    let all = File.allCases.map { files[$0] ?? [] }
    return all.dropLast().flatMap { BigEndian.bytes(UInt64($0.count), 2) } + all.joined()
  }

  // MARK: Reading

  /// Writes the files to a folder and reads them as a source does; gives the content and the checksum.
  func read(_ names: [String], in folder: Folder) throws -> (content: Content, checksum: UInt32) {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/chunks", withIntermediateDirectories: true)
    for file in File.allCases { try folder.write(file.path, files[file] ?? []) }
    _ = try BlockMeta(BlockFile(folder.path + "/meta.json", named: "meta.json"))
    let wanted = names.map { Selector(source: "m", name: $0) }
    var series: [Series] = []
    var (content, checksum) = try BlockPull(source: "m", wanted: wanted, minutes: 1).read(
      [PrometheusBlock(folder.path, named: "block")]
    ) { series.append($0) }
    content.series = series
    return (content, checksum)
  }

  // MARK: Checksums

  /// The block with every checksum right that can be found from the table of contents on.
  ///
  /// What is damaged is read then all the same, which no checksum stops.
  var repaired: BlockImage {
    var (index, chunks) = (files[.index] ?? [], files[.chunks] ?? [])
    let contents = index.count - 52
    if contents >= 5 {
      index.repair(contents..<contents + 48)
      index.repairSection(at: index.number(at: contents, bytes: 8))
      index.repairSection(at: index.number(at: contents + 40, bytes: 8))
      for list in BlockImage.postings(index, at: index.number(at: contents + 40, bytes: 8)) {
        index.repairSection(at: list)
        let count = min(index.number(at: Int(clamping: list &+ 4), bytes: 4), 64)
        for number in 0..<count {
          let place = Int(clamping: list &+ 8 &+ 4 &* number)
          let series = index.number(at: place, bytes: 4)
          index.repairEntry(at: index.number(at: 4, bytes: 1) == 1 ? series : series * 16)
        }
      }
    }
    // Chunk by chunk; the kind stands between the length and what it counts.
    var place: UInt64 = 8
    while let next = chunks.repairEntry(at: place, extra: 1), next > place { place = next }
    var stones = files[.tombstones] ?? []
    if stones.count >= 9 { stones.repair(5..<stones.count - 4) }
    var image = self
    image.files.merge([.index: index, .chunks: chunks, .tombstones: stones]) { $1 }
    return image
  }

  /// Where the lists are that a table of postings names.
  private static func postings(_ index: [UInt8], at place: UInt64) -> [UInt64] {
    index.withUnsafeBytes { bytes in
      guard place < UInt64(bytes.count) else { return [] }
      var cursor = ByteCursor(UnsafeRawBufferPointer(rebasing: bytes[Int(place)...]))
      _ = cursor.fixed(UInt64.self)
      var found: [UInt64] = []
      while found.count < 64, cursor.byte() != nil, cursor.text() != nil, cursor.text() != nil,
        let list = cursor.uvarint()
      {
        found.append(list)
      }
      return found
    }
  }
}

enum BigEndian {
  static func bytes(_ number: UInt64, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: number >> UInt64(8 * $0)) }
  }
}

extension [UInt8] {
  /// A big-endian number; 0 where there are not so many bytes.
  fileprivate func number(at place: Int, bytes: Int) -> UInt64 {
    guard place >= 0, place <= count - bytes else { return 0 }
    return self[place..<place + bytes].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Writes the checksum of a range behind it.
  fileprivate mutating func repair(_ range: Range<Int>) {
    guard range.upperBound <= count - 4 else { return }
    let sum = CRC32C.of(Array(self[range]))
    replaceSubrange(
      range.upperBound..<range.upperBound + 4, with: BigEndian.bytes(UInt64(sum), 4))
  }

  /// A section begins with its length in four bytes.
  fileprivate mutating func repairSection(at place: UInt64) {
    guard place > 0, place < UInt64(count), let start = Int(exactly: place + 4) else { return }
    let end = start + Int(number(at: start - 4, bytes: 4))
    if end <= count - 4 { repair(start..<end) }
  }

  /// An entry begins with its length in seven bits a byte; gives the place behind it.
  @discardableResult
  fileprivate mutating func repairEntry(at place: UInt64, extra: Int = 0) -> UInt64? {
    guard place < UInt64(count) else { return nil }
    let length = withUnsafeBytes { bytes -> (head: Int, UInt64)? in
      var cursor = ByteCursor(UnsafeRawBufferPointer(rebasing: bytes[Int(place)...]))
      return cursor.uvarint().map { (cursor.offset, $0) }
    }
    guard let (head, content) = length, content < UInt64(count) else { return nil }
    let start = Int(place) + head
    let end = start + Int(content) + extra
    guard end <= count - 4 else { return nil }
    repair(start..<end)
    return UInt64(end + 4)
  }
}

extension CRC32C {
  static func of(_ bytes: [UInt8], after crc: UInt32 = 0) -> UInt32 {
    bytes.withUnsafeBytes { of($0, after: crc) }
  }
}

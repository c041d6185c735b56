import Glibc
import Model

/// One block of Prometheus' database, all its files open: when its folder is deleted, it can be read to its end.
final class PrometheusBlock: Sendable {
  let index: BlockIndex
  let chunks: ChunkFiles
  let tombstones: Tombstones
  /// Those that `meta.json` gives all series of the block.
  let labels: [Label]
  private let files: [BlockFile]

  /// Opens a block.
  ///
  /// - Parameters:
  ///   - place: the folder, as the system finds it.
  ///   - path: what people call it.
  /// - Throws: ``BlockFault``.
  init(_ place: String, named path: String) throws(BlockFault) {
    labels = try BlockMeta(BlockFile(place + "/meta.json", named: path + "/meta.json")).labels
    let index = try BlockFile(place + "/index", named: path + "/index")
    var tombstones: BlockFile?
    // A block from which nothing was deleted need not have the file.
    if try FolderEntries(place, named: path).names.contains("tombstones") {
      tombstones = try BlockFile(place + "/tombstones", named: path + "/tombstones")
    }
    let names = try FolderEntries(place + "/chunks", named: path + "/chunks").names
      .filter { $0.utf8.allSatisfy { (48...57).contains($0) } }
    var segments: [BlockFile] = []
    // Without a gap, since a chunk is referred to by the place of its file in the row.
    for number in 1...max(names.count, 1) where !names.isEmpty {
      let digits = String(number)
      let name = "/chunks/" + String(repeating: "0", count: max(0, 6 - digits.utf8.count)) + digits
      segments.append(try BlockFile(place + name, named: path + name))
    }
    self.index = try BlockIndex(index)
    self.chunks = try ChunkFiles(segments)
    if let tombstones {
      self.tombstones = try Tombstones(tombstones)
    } else {
      self.tombstones = Tombstones()
    }
    files = [index] + segments + [tombstones].compactMap { $0 }
  }

  /// Throws when a file is no longer the one that was opened.
  func checkUnchanged() throws(BlockFault) {
    for file in files { try file.checkUnchanged() }
  }
}

/// The names in a folder, in order of bytes, but for `.` and `..`.
struct FolderEntries {
  let names: [String]

  init(_ place: String, named path: String) throws(BlockFault) {
    guard let folder = opendir(place) else {
      throw BlockFault(.unreadable(errno: errno), in: path)
    }
    defer { closedir(folder) }
    var found: [String] = []
    errno = 0
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { found.append(name) }
      errno = 0
    }
    // A list that breaks off looks like one that ends.
    guard errno == 0 else { throw BlockFault(.unreadable(errno: errno), in: path) }
    names = found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

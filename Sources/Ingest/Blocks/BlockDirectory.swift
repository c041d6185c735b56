import Glibc

/// A folder with blocks of Prometheus: a data directory, a snapshot of one, or one block by itself.
///
/// The write-ahead log and the head, which hold the last hours of a running server, are not read. A server writes a
/// compacted block before it renames those that it was made of, and then deletes them; so samples may be there twice,
/// and are never missing in a list.
struct BlockDirectory {
  /// Blocks that overlap in time, directly or through others, and are read as one.
  struct Unit: Hashable {
    /// The folders of the blocks, the oldest by its name first.
    let blocks: [String]
    /// Of all their files together.
    let bytes: Int64
    /// The newest change of any of their files, in nanoseconds since the epoch.
    let modified: Int64
    /// The newest change of anything about them.
    let changed: Int64

    /// Names the unit: the folder of the first block, with the names of the others after plus signs.
    var path: String {
      blocks.dropFirst().reduce(blocks.first ?? "") { path, block in
        path + "+" + (block.split(separator: "/").last ?? "")
      }
    }
  }

  /// In order of time.
  let units: [Unit]
  /// Blocks whose times are unknown.
  let faults: [BlockFault]
  /// Whether a server has newest samples beside the blocks, which are left out.
  let hasHead: Bool
  /// Where the blocks end, in milliseconds since the epoch; `nil` without any.
  let end: Int64?
  private let root: String

  /// Looks through a folder; `nil` when it is none of these.
  ///
  /// - Parameters:
  ///   - root: what comes before `path` for the system.
  ///   - path: what people call the folder.
  /// - Throws: ``BlockFault``: `unreadable` for the folder itself.
  init?(root: String, path: String) throws(BlockFault) {
    self.root = root
    let names = try FolderEntries(root + path, named: path).names
    let isBlock = BlockDirectory.isBlock(names)
    var heads = false
    for name in ["wal", "chunks_head"] where names.contains(name) {
      do throws(BlockFault) {
        let entries = try FolderEntries(root + path + "/" + name, named: path).names
        heads = heads || !entries.isEmpty
      } catch {
        // A head that cannot be looked into is not read either.
        heads = heads || error.reason != .unreadable(errno: ENOENT)
      }
    }
    let folders = isBlock ? [path] : names.filter(BlockDirectory.isULID).map { path + "/" + $0 }
    guard BlockDirectory.isOne(names) else { return nil }
    hasHead = heads
    var faults: [BlockFault] = []
    var found: [(folder: String, times: Range<Int64>)] = []
    for folder in folders {
      do throws(BlockFault) {
        found.append(
          (
            folder,
            try BlockMeta(BlockFile(root + folder + "/meta.json", named: folder + "/meta.json"))
              .times
          ))
      } catch {
        // A server renames a block before it deletes it: what is left without the file is damaged, not on its way.
        let rest = try? FolderEntries(root + folder, named: folder).names
        let isRest = rest?.contains { ["index", "chunks"].contains($0) } ?? false
        if isRest || error.reason != .unreadable(errno: ENOENT) { faults.append(error) }
      }
    }
    found.sort { ($0.times.lowerBound, $0.folder) < ($1.times.lowerBound, $1.folder) }
    var groups: [(folders: [String], end: Int64)] = []
    for (folder, times) in found {
      if let last = groups.last, times.lowerBound < last.end {
        groups[groups.count - 1] = (last.folders + [folder], max(last.end, times.upperBound))
      } else {
        groups.append(([folder], times.upperBound))
      }
    }
    end = groups.map(\.end).max()
    units = groups.map { BlockDirectory.unit($0.folders.sorted(), root) }
    self.faults = faults
  }

  /// Opens the blocks of a unit; `nil` when one of them was deleted since: the folder is to be looked through again.
  ///
  /// What is open stays readable, whatever is deleted then.
  func open(_ unit: Unit) throws(BlockFault) -> [PrometheusBlock]? {
    var blocks: [PrometheusBlock] = []
    for folder in unit.blocks {
      do throws(BlockFault) {
        blocks.append(try PrometheusBlock(root + folder, named: folder))
      } catch {
        guard access(root + folder + "/meta.json", F_OK) != 0 else { throw error }
        return nil
      }
    }
    return blocks
  }

  /// Whether a folder with these names in it holds blocks, is one, or belongs to a server that has none yet.
  static func isOne(_ names: [String]) -> Bool {
    isBlock(names) || names.contains(where: isULID) || names.contains("wal")
      || names.contains("chunks_head")
  }

  /// What in such a folder is neither a block's nor the server's.
  static func strangers(among names: [String]) -> [String] {
    if isBlock(names) { return [] }
    let own = ["wal", "wbl", "chunks_head", "snapshots", "lost+found"]
    return names.filter { name in
      !own.contains(name) && !name.hasPrefix("chunk_snapshot.") && !isULID(String(name.prefix(26)))
    }
  }

  private static func isBlock(_ names: [String]) -> Bool {
    names.contains("index") && (names.contains("meta.json") || names.contains("chunks"))
  }

  /// 26 digits of Crockford's base 32: a block that is being written or deleted has an ending.
  private static func isULID(_ name: String) -> Bool {
    name.utf8.count == 26
      && name.utf8.allSatisfy { "0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8.contains($0) }
  }

  private static func unit(_ folders: [String], _ root: String) -> Unit {
    var (bytes, modified, changed) = (Int64(0), Int64.min, Int64.min)
    for folder in folders {
      let segments = (try? FolderEntries(root + folder + "/chunks", named: folder).names) ?? []
      for name in ["meta.json", "index", "tombstones"] + segments.map({ "chunks/" + $0 }) {
        // What is missing is reported when the block is opened.
        guard let state = try? SnapshotFile.State.of(root + folder + "/" + name) else { continue }
        bytes &+= state.bytes
        modified = max(modified, state.modified)
        changed = max(changed, state.changed)
      }
    }
    return Unit(blocks: folders, bytes: bytes, modified: modified, changed: changed)
  }
}

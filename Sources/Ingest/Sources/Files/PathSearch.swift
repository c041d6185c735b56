import Glibc

/// Looks for the paths of a pattern with `*`, `?` and `[…]` in any component, and through the folders among them.
///
/// What it cannot look into is named: a list without it would pass for a whole one.
struct PathSearch {
  /// What comes before a path for the system.
  let prefix: String
  private(set) var paths: [String] = []
  private(set) var faults: [BlockFault] = []

  init(prefix: String, pattern: String) {
    self.prefix = prefix
    var places = [pattern.hasPrefix("/") ? "/" : ""]
    let parts = pattern.split(separator: "/").map(String.init)
    for part in parts.dropLast() { places = places.flatMap { folders(part, in: $0) } }
    for place in places {
      for path in matches(parts.last ?? ".", in: place) { add(path, depth: 0) }
    }
    paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func isPattern(_ part: String) -> Bool {
    part.unicodeScalars.contains { "*?[\\".unicodeScalars.contains($0) }
  }

  /// The folders in a place that a component before the last one names, each with its slash.
  private mutating func folders(_ part: String, in place: String) -> [String] {
    guard PathSearch.isPattern(part) else { return [place + part + "/"] }
    return matches(part, in: place).filter { path in
      switch kind(of: path, followsLinks: true) {
      case .success(let kind): return kind == S_IFDIR
      case .failure(let fault):
        // One that is gone is not a folder; a broken link may have been one.
        if case .success = kind(of: path, followsLinks: false) { faults.append(fault) }
        return false
      }
    }.map { $0 + "/" }
  }

  private mutating func matches(_ part: String, in place: String) -> [String] {
    guard PathSearch.isPattern(part) else {
      switch kind(of: place + part, followsLinks: false) {
      case .success: return [place + part]
      case .failure(let fault):
        note(fault, of: place + part)
        return []
      }
    }
    let folder = place.count > 1 && place.hasSuffix("/") ? String(place.dropLast()) : place
    return names(in: folder.isEmpty ? "." : folder).filter { fnmatch(part, $0, FNM_PERIOD) == 0 }
      .map { place + $0 }
  }

  private mutating func names(in folder: String) -> [String] {
    do throws(BlockFault) {
      return try FolderEntries(prefix + folder, named: folder).names
    } catch {
      note(error, of: folder)
      return []
    }
  }

  /// Where there is nothing, nothing matches; but a link that leads nowhere hides what was there.
  private mutating func note(_ fault: BlockFault, of path: String) {
    let isAbsent = [.unreadable(errno: ENOENT), .unreadable(errno: ENOTDIR)].contains(fault.reason)
    if !isAbsent || kind(of: path, followsLinks: false).isLink { faults.append(fault) }
  }

  private func kind(of path: String, followsLinks: Bool) -> Result<UInt32, BlockFault> {
    var facts = stat()
    let found = followsLinks ? stat(prefix + path, &facts) : lstat(prefix + path, &facts)
    return found == 0
      ? .success(facts.st_mode & S_IFMT) : .failure(BlockFault(.unreadable(errno: errno), in: path))
  }

  /// Of a folder all files in it and in its folders.
  ///
  /// One with blocks of Prometheus is a path itself; of the rest in it, folders and files whose ending names the
  /// format are found, too. Names that start with a dot or end in `.tmp` are somebody's work in progress.
  private mutating func add(_ path: String, depth: Int, besideBlocks: Bool = false) {
    let name = path.split(separator: "/").last ?? ""
    if name.hasPrefix("."), name != ".", name != ".." { return }
    if name.hasSuffix(".tmp") { return }
    // A link is followed where the pattern names it, so that no circle is walked.
    switch kind(of: path, followsLinks: depth == 0) {
    case .success(S_IFDIR): break
    case .success:
      if !besideBlocks || !SnapshotFormats.named(path).isEmpty { paths.append(path) }
      return
    case .failure(let fault):
      // Gone since its folder was read, or a link that the pattern names and that leads nowhere.
      if depth == 0 { paths.append(path) } else { note(fault, of: path) }
      return
    }
    let names = names(in: path)
    let hasBlocks = BlockDirectory.isOne(names)
    if hasBlocks { paths.append(path) }
    for name in hasBlocks ? BlockDirectory.strangers(among: names) : names {
      add(path + "/" + name, depth: depth + 1, besideBlocks: hasBlocks)
    }
  }
}

extension Result<UInt32, BlockFault> {
  fileprivate var isLink: Bool { if case .success(S_IFLNK) = self { true } else { false } }
}

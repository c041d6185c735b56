import Glibc

/// A path with `*`, `?` and `[…]` in any component.
struct FilePattern {
  let pattern: String
  let root: String

  /// What stands before a path of this pattern for the system.
  private var prefix: String {
    if pattern.hasPrefix("/") { return "" }
    return root.isEmpty ? "./" : root.hasSuffix("/") ? root : root + "/"
  }

  /// The files that match, in order of bytes, as the pattern names them: relative to `root`, or
  /// absolute.
  ///
  /// For a folder all files in it and in its folders. One with blocks of Prometheus stands for them itself; of the rest
  /// in it, folders and files whose ending tells the format are found, too. Names that start with a dot or end in `.tmp`
  /// are somebody's work in progress.
  func paths() -> [String] {
    // What the root's name holds is meant literally.
    var literal = ""
    for character in prefix.unicodeScalars {
      if "*?[]\\".unicodeScalars.contains(character) { literal += "\\" }
      literal.unicodeScalars.append(character)
    }
    var found = glob_t()
    defer { globfree(&found) }
    // No match, no memory and unreadable folders all mean that there is nothing to read.
    guard glob(literal + pattern, GLOB_NOSORT, nil, &found) == 0 else { return [] }
    var paths: [String] = []
    for index in 0..<Int(found.gl_pathc) {
      guard let path = found.gl_pathv[index] else { continue }
      var bytes = String(cString: path).utf8.dropFirst(prefix.utf8.count)
      while bytes.last == 47, bytes.count > 1 { bytes = bytes.dropLast() }
      add(String(decoding: bytes, as: UTF8.self), to: &paths, depth: 0)
    }
    return paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func add(
    _ path: String, to paths: inout [String], depth: Int, besideBlocks: Bool = false
  ) {
    let name = path.split(separator: "/").last ?? ""
    if name.hasPrefix("."), name != ".", name != ".." { return }
    if name.hasSuffix(".tmp") { return }
    var facts = stat()
    // A link is followed where the pattern names it, so that no circle is walked.
    let isFound = depth == 0 ? stat(prefix + path, &facts) : lstat(prefix + path, &facts)
    guard isFound == 0, facts.st_mode & S_IFMT == S_IFDIR else {
      if !besideBlocks || FormatName(ofFile: path) != nil { paths.append(path) }
      return
    }
    guard let names = try? FolderEntries(prefix + path, named: path).names else {
      return paths.append(path)
    }
    let hasBlocks = BlockDirectory.isOne(names)
    if hasBlocks { paths.append(path) }
    for name in hasBlocks ? BlockDirectory.strangers(among: names) : names {
      add(path + "/" + name, to: &paths, depth: depth + 1, besideBlocks: hasBlocks)
    }
  }

  /// The blocks of a path; `nil` when it is no folder with any.
  func blocks(of path: String) throws(BlockFault) -> BlockDirectory? {
    var facts = stat()
    guard stat(prefix + path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else { return nil }
    return try BlockDirectory(root: prefix, path: path)
  }

  /// The path by which the system knows a file of this pattern.
  func systemPath(of path: String) -> String {
    path.hasPrefix("/") || root.isEmpty ? path : root + "/" + path
  }
}

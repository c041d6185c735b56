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

  /// The files that match, in order of bytes, as the pattern names them: relative to `root`, or absolute; and what
  /// could not be looked into.
  ///
  /// For a folder all files in it and in its folders, as ``PathSearch`` finds them.
  func search() -> PathSearch { PathSearch(prefix: prefix, pattern: pattern) }

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

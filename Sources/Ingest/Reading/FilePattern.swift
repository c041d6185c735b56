import Glibc

/// A path with `*`, `?` and `[…]` in any component.
struct FilePattern {
  let pattern: String
  let root: String

  /// The files that match, in order of bytes, as the pattern names them: relative to `root`, or
  /// absolute.
  ///
  /// Names that start with a dot or end in `.tmp` are somebody's work in progress.
  func paths() -> [String] {
    var prefix = ""
    if !pattern.hasPrefix("/") {
      prefix = root.isEmpty ? "./" : root.hasSuffix("/") ? root : root + "/"
    }
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
    var paths: [[UInt8]] = []
    for index in 0..<Int(found.gl_pathc) {
      guard let path = found.gl_pathv[index] else { continue }
      let bytes = String(cString: path).utf8.dropFirst(prefix.utf8.count)
      let name = bytes.split(separator: 47).last ?? bytes[...]
      if name.first == 46 || String(Substring(name)).hasSuffix(".tmp") { continue }
      paths.append(Array(bytes))
    }
    paths.sort { $0.lexicographicallyPrecedes($1) }
    return paths.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The path by which the system knows a file of this pattern.
  func systemPath(of path: String) -> String {
    path.hasPrefix("/") || root.isEmpty ? path : root + "/" + path
  }
}

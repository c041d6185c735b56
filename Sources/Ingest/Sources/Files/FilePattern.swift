import Glibc
import Model

/// A path with `*`, `?`, `[…]` and named parts in any component.
struct FilePattern {
  let pattern: String
  let root: String
  private let pieces: [PathPattern.Piece]
  private let wildcards: String

  init(pattern: String, root: String) {
    self.pattern = pattern
    self.root = root
    do throws(PathPattern.Failure) {
      let named = try PathPattern(pattern)
      (pieces, wildcards) = (named.pieces, named.glob)
    } catch {
      // What the configuration does not take is meant literally.
      (pieces, wildcards) = ([], pattern)
    }
  }

  /// The labels for the names in the pattern, from the path of a file.
  ///
  /// Each takes the longest run that it can, the first one first.
  func labels(of path: String) -> [Label] {
    guard pieces.contains(where: { if case .name = $0 { true } else { false } }) else { return [] }
    func components(_ text: String) -> [Substring] {
      text.split(separator: "/", omittingEmptySubsequences: true)
    }
    // The pattern may name the folder of the file.
    let found = components(path).prefix(components(pattern).count).joined(separator: "/")
    let named = pattern.hasPrefix("/") ? "/" + found : found
    return FilePattern.labels(Array(named.utf8)[...], as: pieces[...]) ?? []
  }

  private static func labels(
    _ path: ArraySlice<UInt8>, as pieces: ArraySlice<PathPattern.Piece>
  ) -> [Label]? {
    var (pieces, starts) = (pieces, [path.startIndex])
    if case .glob(let glob)? = pieces.first {
      pieces = pieces.dropFirst()
      guard !pieces.isEmpty else { return matches(path, glob) ? [] : nil }
      starts = (path.startIndex...path.endIndex).filter { matches(path[..<$0], glob) }
    }
    guard case .name(let name)? = pieces.first else { return path.isEmpty ? [] : nil }
    let runs = starts.flatMap { start in
      let most = path[start...].prefix { $0 != .slash }
      return most.indices.map { start..<($0 + 1) }
    }.sorted { ($0.count, $1.lowerBound) > ($1.count, $0.lowerBound) }
    for run in runs {
      if let others = labels(path[run.upperBound...], as: pieces.dropFirst()) {
        return [Label(name: Array(name.utf8), value: Array(path[run]))] + others
      }
    }
    return nil
  }

  private static func matches(_ path: ArraySlice<UInt8>, _ glob: String) -> Bool {
    fnmatch(glob, String(decoding: path, as: UTF8.self), FNM_PATHNAME) == 0
  }

  /// What comes before a path of this pattern for the system.
  private var prefix: String {
    if pattern.hasPrefix("/") { return "" }
    return root.isEmpty ? "./" : root.hasSuffix("/") ? root : root + "/"
  }

  /// The files that match, in order of bytes, as the pattern names them: relative to `root`, or absolute; and what
  /// could not be looked into.
  ///
  /// For a folder all files in it and in its folders, as ``PathSearch`` finds them.
  func search() -> PathSearch { PathSearch(prefix: prefix, pattern: wildcards) }

  /// The blocks of a path; `nil` if it is not a folder with any.
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

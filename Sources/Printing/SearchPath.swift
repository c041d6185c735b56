import Glibc

/// The folders of a PATH from which a program may be started.
///
/// A relative folder is another one in every working folder, and where anybody may write, anybody may put a program, also
/// where the folder is sticky, as /tmp is.
struct SearchPath {
  let folders: [String]
  /// Those that are left out.
  let skipped: [String]

  init(_ path: String) {
    var (folders, skipped): ([String], [String]) = ([], [])
    for folder in path.split(separator: ":", omittingEmptySubsequences: true).map(String.init) {
      guard folder.hasPrefix("/"), SearchPath.isClosed(folder) else {
        skipped.append(folder)
        continue
      }
      folders.append(folder)
    }
    (self.folders, self.skipped) = (folders, skipped)
  }

  /// As a PATH again.
  var text: String { folders.joined(separator: ":") }

  /// The first program of any of the names; a name counts more than a folder.
  func program(_ names: [String]) -> String? {
    for name in names {
      for folder in folders {
        let path = "\(folder)/\(name)"
        var state = stat()
        guard stat(path, &state) == 0, state.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0
        else { continue }
        if SearchPath.isClosed(path) { return path }
      }
    }
    return nil
  }

  /// Whether only its owner and its group may write to it; what does not exist is no danger.
  private static func isClosed(_ path: String) -> Bool {
    var state = stat()
    return stat(path, &state) != 0 || state.st_mode & S_IWOTH == 0
  }
}

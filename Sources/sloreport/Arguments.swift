import CSystem

/// The words of the command line, as the kernel handed them over.
///
/// Swift's `CommandLine` looks for them by way of /proc/self/maps, and is empty where that cannot be read.
struct Arguments {
  /// What the program was called as.
  let program: String
  let rest: [String]

  /// - Throws: ``Failure``: `internalError` when not even the program's name is there.
  init(
    _ words: [String] = (0..<slr_argument_count()).compactMap {
      slr_argument($0).map { String(cString: $0) }
    }
  ) throws(Failure) {
    guard let program = words.first else {
      throw Failure(
        .internalError, "the system handed over no arguments, not even the program's name")
    }
    self.program = program
    rest = Array(words.dropFirst())
  }
}

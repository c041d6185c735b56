import Foundation

/// Compares output with a file kept in the repository.
public enum Golden {
  /// What was wrong, in words for the test log.
  public struct Difference: Error, CustomStringConvertible {
    public let description: String
  }

  /// Passes when `Golden/NAME` beside the calling test holds exactly `text`.
  ///
  /// A missing file is written and the test fails; `UPDATE_GOLDEN=1` rewrites it and fails; a mismatch leaves
  /// `NAME.actual` beside it. With `CI=true` nothing is written.
  public static func check(_ text: String, _ name: String, test: String = #filePath) throws {
    let folder = URL(fileURLWithPath: test).deletingLastPathComponent()
      .appendingPathComponent("Golden")
    let file = folder.appendingPathComponent(name)
    let actual = folder.appendingPathComponent(name + ".actual")
    let environment = ProcessInfo.processInfo.environment
    let mayWrite = environment["CI"] != "true"
    func write(to file: URL) throws {
      guard mayWrite else { return }
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }

    if environment["UPDATE_GOLDEN"] == "1" {
      try write(to: file)
      throw Difference(description: "\(name): rewritten, look at it and run again")
    }
    guard FileManager.default.fileExists(atPath: file.path) else {
      try write(to: file)
      throw Difference(description: "\(name): was missing, look at it and run again")
    }
    let kept = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    if Array(kept.utf8) == Array(text.utf8) {
      if mayWrite, FileManager.default.fileExists(atPath: actual.path) {
        try FileManager.default.removeItem(at: actual)
      }
      return
    }
    try write(to: actual)
    let same = zip(kept.utf8, text.utf8).prefix { $0 == $1 }.count
    throw Difference(description: "\(name): differs from byte \(same) on, see \(name).actual")
  }
}

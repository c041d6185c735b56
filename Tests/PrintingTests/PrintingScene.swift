import Foundation
import TestSupport

/// A folder with the page to print, and one with scripts that are its printers.
struct PrintingScene {
  let folder: TemporaryFolder
  var path: String { folder.file("bin") }

  init() throws {
    folder = try TemporaryFolder()
    for name in ["bin", "output"] {
      try FileManager.default.createDirectory(
        atPath: folder.file(name), withIntermediateDirectories: true)
    }
    try folder.write(Array("<!doctype html>".utf8), to: "output/page.html")
  }

  var output: String { folder.file("output") }

  /// Puts a script into the PATH; it runs in the folder of the page.
  func add(_ name: String, _ script: String, mode: Int = 0o755) throws {
    let file = try folder.write(Array("#!/bin/sh\n\(script)\n".utf8), to: "bin/\(name)")
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
  }

  func text(_ name: String) throws -> String {
    String(decoding: try folder.read("output/\(name)"), as: UTF8.self)
  }

  /// Whether a process that wrote its number into a file is still there.
  func isAlive(_ name: String) throws -> Bool {
    let number = try text(name).trimmingCharacters(in: .whitespacesAndNewlines)
    return FileManager.default.fileExists(atPath: "/proc/\(number)")
  }

  /// A script's line that writes a whole PDF.
  static let whole = #"printf '%%PDF-1.7\n%%%%EOF\n' >page.pdf"#
}

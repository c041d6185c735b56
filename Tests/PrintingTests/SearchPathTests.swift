import Foundation
import TestSupport
import Testing

@testable import Printing

@Suite("Where a printer is looked for")
struct SearchPathTests {
  @Test("not in relative folders, nor where anybody may put a program")
  func skipsOpenFolders() throws {
    let scene = try PrintingScene()
    try scene.add("chromium", "")
    let open = scene.folder.file("open")
    for (mode, isSkipped) in [(0o777, true), (0o1777, true), (0o775, false), (0o755, false)] {
      try? FileManager.default.removeItem(atPath: open)
      try FileManager.default.copyItem(atPath: scene.path, toPath: open)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: open)
      let path = SearchPath("bin::.:\(open):/nonexistent")
      #expect(path.skipped == ["bin", "."] + (isSkipped ? [open] : []), "\(mode)")
      #expect(path.program(["chromium"]) == (isSkipped ? nil : "\(open)/chromium"), "\(mode)")
      #expect(path.text == (isSkipped ? "/nonexistent" : "\(open):/nonexistent"))
    }
    #expect(SearchPath("").program(["chromium"]) == nil)
  }

  @Test("a program is a file that may be run and that not anybody may change")
  func findsPrograms() throws {
    let scene = try PrintingScene()
    let path = SearchPath(scene.path)
    try scene.add("one", "", mode: 0o644)
    try scene.add("two", "", mode: 0o757)
    try FileManager.default.createDirectory(
      atPath: "\(scene.path)/three", withIntermediateDirectories: true)
    #expect(path.program(["one", "two", "three", "four"]) == nil)
    try scene.add("four", "")
    #expect(path.program(["one", "two", "three", "four"]) == "\(scene.path)/four")
  }

  @Test("the first name counts before the first folder")
  func prefersNames() throws {
    let (one, other) = (try PrintingScene(), try PrintingScene())
    try one.add("chrome", "")
    try other.add("chromium", "")
    try other.add("chrome", "")
    let path = SearchPath("\(one.path):\(other.path)")
    #expect(path.program(["chromium", "chrome"]) == "\(other.path)/chromium")
    #expect(path.program(["chrome"]) == "\(one.path)/chrome")
  }
}

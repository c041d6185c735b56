import Foundation
import Model
import Synchronization
import TestSupport
import Testing

@testable import Delivery

@Suite("Delivery of a set of files")
struct ArtifactWriterTests {
  private func set(_ text: String) -> [Artifact] {
    [
      Artifact(path: "page.html", bytes: Array(text.utf8)),
      Artifact(path: "charts/a.svg", bytes: Array(text.utf8)),
    ]
  }

  @Test("replaces the whole folder, old files go")
  func replaces() throws {
    let folder = try TemporaryFolder()
    let writer = try ArtifactWriter(root: folder.file("reports"))
    try writer.replace("w1", with: set("one") + [Artifact(path: "old.txt", bytes: [1])])
    try writer.replace("w1", with: set("two"))
    #expect(try folder.read("reports/w1/page.html") == Array("two".utf8))
    #expect(try folder.read("reports/w1/charts/a.svg") == Array("two".utf8))
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.file("reports/w1"))
    #expect(names.sorted() == ["charts", "page.html"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.file("reports")) == ["w1"])
  }

  @Test("what is made aside is gone afterwards, whether it was made or not")
  func clearsTheAside() throws {
    struct Broken: Error {}
    let folder = try TemporaryFolder()
    let root = folder.file("reports")
    let writer = try ArtifactWriter(root: root)
    let files = [Artifact(path: "page.html", bytes: [1, 2])]
    let bytes = try writer.aside(with: files) { place -> Data? in
      try FileManager.default.createDirectory(
        atPath: "\(place)/profile/deep", withIntermediateDirectories: true)
      try Data([3]).write(to: URL(fileURLWithPath: "\(place)/profile/deep/x"))
      return FileManager.default.contents(atPath: "\(place)/page.html")
    }
    #expect(bytes == Data([1, 2]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: root) == [])
    #expect(throws: Broken.self) { try writer.aside(with: files) { _ in throw Broken() } }
    #expect(try FileManager.default.contentsOfDirectory(atPath: root) == [])
  }

  @Test("a reader sees the old set or the new one (D5, D6)")
  func isWhole() throws {
    let folder = try TemporaryFolder()
    let root = folder.file("reports")
    let writer = try ArtifactWriter(root: root)
    let texts = (0..<2).map { String(repeating: "\($0)", count: 20_000) }
    let whole = texts.map { Data($0.utf8) }
    try writer.replace("w", with: set(texts[0]))
    let seen = Mutex((reads: 0, odd: 0))
    let isDone = Mutex(false)
    let reader = Thread {
      while !isDone.withLock({ $0 }) {
        let data = FileManager.default.contents(atPath: root + "/w/page.html") ?? Data()
        seen.withLock {
          $0.reads += 1
          if !whole.contains(data) { $0.odd += 1 }
        }
      }
    }
    reader.start()
    defer { isDone.withLock { $0 = true } }
    var round = 0
    while round < 300 || seen.withLock({ $0.reads < 100 }) {
      round += 1
      try writer.replace("w", with: set(texts[round % 2]))
    }
    let (reads, odd) = seen.withLock { ($0.reads, $0.odd) }
    print("\(reads) reads during \(round) changes, \(odd) of them odd")
    #expect(odd == 0)
  }

  @Test("clears what a dead process left, and leaves a living one's work alone")
  func clears() throws {
    let folder = try TemporaryFolder()
    let root = folder.file("reports")
    _ = try ArtifactWriter(root: root)
    for name in [".sloreport-w-999999999", ".sloreport-w-1"] {
      try FileManager.default.createDirectory(
        atPath: "\(root)/\(name)/deep", withIntermediateDirectories: true)
    }
    _ = try ArtifactWriter(root: root)
    #expect(try FileManager.default.contentsOfDirectory(atPath: root) == [".sloreport-w-1"])
  }

  @Test("a planted link is replaced, its target untouched (D8)")
  func ignoresLinks() throws {
    let folder = try TemporaryFolder()
    try folder.write([7], to: "secret")
    let writer = try ArtifactWriter(root: folder.file("reports"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("reports/w"), withDestinationPath: folder.path)
    try writer.replace("w", with: set("x"))
    #expect(try folder.read("secret") == [7])
    let type = try FileManager.default.attributesOfItem(atPath: folder.file("reports/w"))[.type]
    #expect(type as? FileAttributeType == .typeDirectory)
  }

  @Test("a root that is a file is an error that names it")
  func namesTheRoot() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "file")
    #expect(throws: DeliveryError(step: .create, path: folder.file("file"), code: ENOTDIR)) {
      try ArtifactWriter(root: folder.file("file"))
    }
  }
}

import Foundation
import History
import Model
import TestSupport
import Testing

@Suite("Opening a history")
struct OpeningTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.file("sloreport.db")
  }

  private func refusal(_ access: HistoryStore.Access = .write) -> HistoryError? {
    do throws(HistoryError) {
      _ = try HistoryStore.open(at: path, for: access)
      return nil
    } catch { return error }
  }

  private func small() throws -> [UInt8] {
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      let cells = Samples.counter(from: Samples.midnight, minutes: 30)
      _ = try store.keep(Samples.batch([Samples.series("a", cells)]))
    }
    return try folder.read("sloreport.db")
  }

  @Test("refuses a reader where there is no file, and makes none")
  func absent() throws {
    #expect(refusal(.read) == .absent)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test("refuses an empty file, text and a cut header, and leaves them alone")
  func foreign() throws {
    let cases: [([UInt8], ForeignFile)] = [
      ([], .empty), (Array("objective: 99.9%\n".utf8), .notSQLite),
      (Array("SQLite format 3\0".utf8), .truncated),
      (Array("SQLite format 3\0".utf8) + [UInt8](repeating: 0, count: 100), .otherApplication(0)),
    ]
    for (bytes, reason) in cases {
      try folder.write(bytes, to: "sloreport.db")
      #expect(refusal() == .notAHistory(reason))
      #expect(refusal(.read) == .notAHistory(reason))
      #expect(try folder.read("sloreport.db") == bytes)
    }
  }

  @Test("refuses a file cut at every multiple of 512 bytes, and leaves it alone")
  func everyCut() throws {
    let whole = try small()
    for length in stride(from: 0, to: whole.count, by: 512) {
      let cut = Array(whole[..<length])
      try folder.write(cut, to: "sloreport.db")
      #expect(refusal() == .notAHistory(length == 0 ? .empty : .truncated))
      #expect(try folder.read("sloreport.db") == cut)
    }
  }

  // Bytes 60..<64 of the header are user_version, big-endian.
  @Test("refuses a newer schema and one that is none")
  func newerSchema() throws {
    var bytes = try small()
    bytes[63] = 9
    try folder.write(bytes, to: "sloreport.db")
    #expect(refusal() == .newerSchema(found: 9, known: HistoryStore.schemaVersion))
    #expect(refusal(.read) == .newerSchema(found: 9, known: HistoryStore.schemaVersion))
    bytes[63] = 0
    try folder.write(bytes, to: "sloreport.db")
    #expect(refusal() == .notAHistory(.otherSchema))
  }

  @Test("refuses a second writer at once, naming the first")
  func locked() throws {
    let store = try HistoryStore.open(at: path, for: .write)
    guard case .locked(let holder?) = refusal() else {
      Issue.record("not locked")
      return
    }
    #expect(holder.process == ProcessInfo.processInfo.processIdentifier)
    #expect(refusal(.read) == .locked(holder))
    _ = consume store
    #expect(refusal() == nil)
  }

  @Test("lets readers share, and makes a writer wait for them")
  func readers() throws {
    _ = try small()
    let one = try HistoryStore.open(at: path, for: .read)
    let two = try HistoryStore.open(at: path, for: .read)
    #expect(try one.all("a").count == 30)
    #expect(try two.all("a").count == 30)
    #expect(refusal() == .locked(nil))
    _ = (consume one, consume two)
    #expect(refusal() == nil)
  }

  @Test("refuses links, folders in its place and open folders")
  func unsafePlaces() throws {
    let files = FileManager.default
    _ = try small()
    try files.moveItem(atPath: path, toPath: folder.file("real.db"))
    try files.createSymbolicLink(atPath: path, withDestinationPath: folder.file("real.db"))
    #expect(refusal() == .unsafe(.symbolicLink))
    try files.removeItem(atPath: path)
    try files.linkItem(atPath: folder.file("real.db"), toPath: path)
    #expect(refusal() == .unsafe(.hardLinked(links: 2)))
    try files.removeItem(atPath: path)
    try files.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(refusal() == .unsafe(.notAFile))
    try files.removeItem(atPath: path)
    try files.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder.path)
    #expect(refusal() == .unsafe(.openDirectory(mode: 0o777)))
  }

  @Test("refuses anything but a file in place of the lock and of SQLite's files, without waiting")
  func strangers() throws {
    let files = FileManager.default
    _ = try small()
    let lock = path + ".lock"
    func each(at place: String, is expected: UnsafeFile) throws {
      for make in [
        { mkfifo(place, 0o600) }, { mkdir(place, 0o700) }, { symlink("/dev/null", place) },
        { symlink("nowhere", place) },
      ] {
        #expect(make() == 0)
        #expect(refusal() == .unsafe(expected))
        #expect(refusal(.read) == .unsafe(expected))
        try files.removeItem(atPath: place)
      }
    }
    try files.removeItem(atPath: lock)
    try each(at: lock, is: .lockNotAFile)
    for ending in ["-journal", "-wal", "-shm"] {
      try each(at: path + ending, is: .companionNotAFile(ending))
    }
    #expect(refusal() == nil)
  }

  @Test("refuses a file that anybody may write into")
  func openFile() throws {
    _ = try small()
    #expect(chmod(path, 0o642) == 0)
    #expect(refusal() == .unsafe(.openFile(mode: 0o642)))
    #expect(refusal(.read) == .unsafe(.openFile(mode: 0o642)))
  }

  @Test("refuses to make a new history beside the journal of a deleted one")
  func strayJournal() throws {
    try folder.write([1], to: "sloreport.db-journal")
    #expect(refusal() == .unsafe(.strayJournal))
  }

  @Test("takes up after a beginning that was killed")
  func killedBeginning() throws {
    try folder.write([1, 2, 3], to: "sloreport.db.new")
    try folder.write([1, 2, 3], to: "sloreport.db.new-journal")
    #expect(refusal() == nil)
    #expect(refusal(.read) == nil)
  }

  // The schema's text is in the first page; the column "chunks" becomes "khunks".
  @Test("refuses another schema under our mark")
  func planted() throws {
    var bytes = try small()
    let word = Array("chunks INTEGER".utf8)
    let at = try #require(bytes.indices.first { bytes[$0...].starts(with: word) })
    bytes[at] = UInt8(ascii: "k")
    try folder.write(bytes, to: "sloreport.db")
    #expect(refusal() != nil)
  }
}

import History
import Model
import TestSupport
import Testing

@Suite("What a feed is read for")
struct AskedTests {
  private func asked(_ name: String, _ conditions: [(String, String)], form: UInt32 = 0) -> Asked {
    Asked(
      Selector(
        source: "m", name: name,
        matchers: conditions.map { Selector.Matcher(label: $0.0, condition: .equal($0.1)) }),
      form: form)
  }

  @Test("a selector covers those with further conditions, of the same name and form")
  func covers() {
    let wide = asked("a", [("code", "1")])
    #expect(wide.covers(wide))
    #expect(wide.covers(asked("a", [("env", "x"), ("code", "1")])))
    #expect(asked("a", []).covers(wide))
    #expect(!wide.covers(asked("a", [])))
    #expect(!wide.covers(asked("a", [("code", "2")])))
    #expect(!wide.covers(asked("b", [("code", "1")])))
    #expect(!wide.covers(asked("a", [("code", "1")], form: 1)))
    // A condition is not taken for a name, nor a name for a form.
    #expect(!asked("", []).covers(asked("a", [])))
  }

  @Test("is kept with what is known of it, and forgotten with its feed")
  func kept() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("sloreport.db")
    var one = asked("a", [("code", "a,\"b\"")])
    one.since = Instant(seconds: 7)
    let other = asked("", [])
    do {
      let store = try HistoryStore.open(at: path, for: .write)
      try store.note([one, other], of: "m")
      try store.note([other], of: "n")
    }
    let store = try HistoryStore.open(at: path, for: .write)
    #expect(Set(try store.asked(of: "m")) == [one, other])
    try store.forgetRecords(exceptOf: ["n"])
    #expect(try store.asked(of: "m") == [])
    #expect(try store.asked(of: "n") == [other])
    #expect(try store.verify() == [])
  }

  @Test("what an objective was is kept in order, and only where it changed")
  func promises() throws {
    let folder = try TemporaryFolder()
    let store = try HistoryStore.open(at: folder.file("sloreport.db"), for: .write)
    func promise(_ since: Int64, _ target: Int64) -> Promise {
      Promise(since: Instant(seconds: since), target: target, window: "7d")
    }
    for (since, target) in [(1, 9), (2, 9), (3, 8), (4, 9)] as [(Int64, Int64)] {
      try store.note(promise(since, target), of: "shop/orders")
    }
    #expect(
      try store.promises(of: "shop/orders") == [promise(1, 9), promise(3, 8), promise(4, 9)])
    #expect(try store.promises(of: "shop/other") == [])
  }

  @Test("the newest time of the clock stays")
  func clock() throws {
    let folder = try TemporaryFolder()
    let store = try HistoryStore.open(at: folder.file("sloreport.db"), for: .write)
    #expect(try store.newestPull() == nil)
    try store.notePull(at: Instant(seconds: 9))
    try store.notePull(at: Instant(seconds: 8))
    #expect(try store.newestPull() == Instant(seconds: 9))
    #expect(try store.verify() == [])
  }
}

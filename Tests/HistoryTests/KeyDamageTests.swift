import Model
import TestSupport
import Testing

@testable import History

/// Every key of every row of a small history, altered one at a time.
@Suite("An altered key")
struct KeyDamageTests {
  private let folder: TemporaryFolder
  private let store: HistoryStore

  init() throws {
    folder = try TemporaryFolder()
    store = try HistoryStore.open(at: folder.file("sloreport.db"), for: .write)
    let midnight = Samples.midnight
    for (index, name) in ["a", "b"].enumerated() {
      // Ten minutes of each of three days.
      let cells = (-1...1).flatMap {
        Samples.counter(from: midnight + 1440 * $0, minutes: 10, seed: UInt64(index))
      }
      _ = try store.keep(
        Samples.batch(
          [Samples.series(name, cells)], span: Samples.window(midnight, midnight + 100),
          file: FileMark(path: name, bytes: 1, modified: 2, checksum: 3, wanted: 4)))
    }
    // A second source and feed, where an altered name could land.
    let rows = Series(
      id: Samples.id("r", source: "metricr"), kind: .rows, cells: [Samples.row(midnight, 1)])
    _ = try store.keep(
      Batch(
        source: "metricr", series: [rows], span: Samples.window(0, 10),
        file: FileMark(path: "a", bytes: 1, modified: 2, checksum: 3, wanted: 4), read: 1))
    _ = try store.keep(
      Batch(
        source: "metrics", series: [], span: Samples.window(midnight + 200, midnight + 300),
        file: nil, read: 0))
    for feed in ["/shop", "/shoq"] {
      let incidents = (1...2).map {
        Incident(
          id: "i\($0)", title: "", services: ["shop"], severity: .major,
          started: Instant(seconds: 1_000_000 + Int64($0)), detected: nil, acknowledged: nil,
          resolved: nil, cause: nil)
      }
      _ = try store.keep(
        Batch(
          source: feed, series: [], incidents: incidents.map(IncidentEntry.incident), span: nil,
          file: nil, read: 2))
    }
    for revision in 0...1 {
      for name in ["W42", "W43"] {
        try store.close(
          ClosedPeriod(
            kind: "weekly", name: name, window: Samples.window(0, 1), madeAt: Instant(seconds: 9),
            revision: revision, facts: [1, 2, UInt8(revision)]))
      }
    }
    for name in ["metrics", "metricr"] {
      try store.note(SourceHealth(failures: 1), of: name)
      try store.note(
        [Unread(path: "b", ends: nil, noticed: Instant(seconds: 5), reason: "cut")], of: name)
      try store.note([Asked(parts: ["q"])], of: name)
      try store.note(Promise(since: Instant(seconds: 5), target: 9, window: "7d"), of: name)
    }
    try store.notePull(at: Instant(seconds: 7))
  }

  /// A question that commands ask of a history, and its answer; `nil` when that is "damaged".
  private struct Answer: Equatable {
    let question: String
    let text: AnyHashable?
  }

  private func answers() throws -> [Answer] {
    var result: [Answer] = []
    func ask(_ question: String, _ body: () throws -> some Hashable) throws {
      store.seriesRead = [:]
      do {
        result.append(Answer(question: question, text: AnyHashable(try body())))
      } catch HistoryError.damaged {
        result.append(Answer(question: question, text: nil))
      }
    }
    let midnight = Samples.midnight
    let windows = [
      Samples.always, Samples.window(midnight, midnight + 1440),
      Samples.window(midnight + 1440, midnight + 3000),
    ]
    for (source, name) in [("metrics", "a"), ("metrics", "b"), ("metricr", "r")] {
      let selector = Selector(source: source, name: name)
      for window in windows {
        try ask("load \(name)") { try store.load(selector, in: window) }
        try ask("flaws \(name)") {
          var found: [String] = []
          try store.flaws(of: source, in: window) { found.append("\($0.text) \($1)") }
          return found
        }
      }
      try ask("first \(name)") { try store.firstData(of: selector) }
    }
    for source in ["metrics", "metricr"] {
      try ask("bounds \(source)") { try store.bounds(of: source) }
      try ask("spans \(source)") { try store.spans(of: source).windows }
      try ask("files \(source)") { try store.files(of: source) }
      try ask("health \(source)") { try store.health(of: source) }
      try ask("unread \(source)") { try store.unread(of: source) }
      try ask("asked \(source)") { try store.asked(of: source) }
      try ask("promises \(source)") { try store.promises(of: source) }
    }
    try ask("clock") { try store.newestPull() }
    for feed in ["/shop", "/shoq"] {
      try ask("incidents \(feed)") { try store.incidents(of: feed) }
    }
    for name in ["W42", "W43"] {
      try ask("period \(name)") {
        try store.closedPeriod(kind: "weekly", name: name)
      }
    }
    return result
  }

  /// A value of a column, and what it can become.
  private enum Value {
    case integer(Int64)
    case text([UInt8])
    case blob([UInt8])

    /// As SQL writes it.
    var literal: String {
      switch self {
      case .integer(.min): "-9223372036854775807 - 1"
      case .integer(let number): "\(number)"
      case .text(let bytes): "CAST(\(Value.hexadecimal(bytes)) AS TEXT)"
      case .blob(let bytes): Value.hexadecimal(bytes)
      }
    }

    /// Each bit flipped, or every ninth, and for a number some that are far away.
    var altered: [Value] {
      switch self {
      case .integer(let number):
        (stride(from: Int64(0), to: 64, by: tries(9, long: 1)).map { number ^ (1 << $0) }
          + [number &+ 3000, number &- 3000, 0, -1, .max, .min]).map(Value.integer)
      case .text(let bytes): (Value.flips(bytes) + [[]]).map(Value.text)
      case .blob(let bytes): (Value.flips(bytes) + [[]]).map(Value.blob)
      }
    }

    init(type: String, hexadecimal: String) {
      let digits = hexadecimal.utf8.map { $0 < 65 ? $0 - 48 : $0 - 55 }
      let bytes = stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
      self =
        switch type {
        case "integer": .integer(Int64(String(decoding: bytes, as: UTF8.self)) ?? 0)
        case "text": .text(bytes)
        default: .blob(bytes)
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
      "x'" + bytes.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined() + "'"
    }

    private static func flips(_ bytes: [UInt8]) -> [[UInt8]] {
      stride(from: 0, to: bytes.count * 8, by: tries(9, long: 1)).map { bit in
        var flipped = bytes
        flipped[bit / 8] ^= 1 << UInt8(bit % 8)
        return flipped
      }
    }
  }

  private struct Key: CustomTestStringConvertible, Sendable {
    let table: String
    let columns: [String]
    var testDescription: String { table }
  }

  /// Of every table of the schema the key, and what else rows are looked for by.
  private static func keys() throws -> [Key] {
    let model = try Connection()
    try Schema.migrate(model, from: 0)
    var columns: [String: [String]] = ["series": ["key"], "chunk": ["ends"]]
    try model.rows(
      """
      SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name) AS c
      WHERE t.type = 'table' AND c.pk > 0 ORDER BY t.name, c.pk
      """
    ) { (row) throws(HistoryError) in
      columns[try row.text(0), default: []].append(try row.text(1))
    }
    return columns.sorted { $0.key < $1.key }.map { Key(table: $0.key, columns: $0.value) }
  }

  @Test("is missed when its row is gone and everything is read", arguments: try keys())
  private func missed(key: Key) throws {
    #expect(try store.verify() == [])
    for row in try rows(of: key) {
      let place = zip(key.columns, row).map { "\($0) = \($1.literal)" }.joined(separator: " AND ")
      try store.connection.script("PRAGMA foreign_keys = OFF;", during: .settings)
      try store.connection.begin()
      #expect(run("DELETE FROM \(key.table) WHERE \(place)"))
      #expect(try store.verify() != [], "\(key.table): \(place)")
      try store.connection.rollBack()
    }
  }

  private func rows(of key: Key) throws -> [[Value]] {
    let columns = key.columns.map { "typeof(\($0)), hex(\($0))" }.joined(separator: ", ")
    var rows: [[Value]] = []
    try store.connection.rows("SELECT \(columns) FROM \(key.table)") {
      (row) throws(HistoryError) in
      var values: [Value] = []
      for index in 0..<Int32(key.columns.count) {
        values.append(
          Value(type: try row.text(2 * index), hexadecimal: try row.text(2 * index + 1)))
      }
      rows.append(values)
    }
    return rows
  }

  /// Whether the row could be altered: two rows cannot have one key.
  private func run(_ sql: String) -> Bool {
    do {
      try store.connection.script(sql, during: .write)
      return true
    } catch {
      return false
    }
  }

  // A pull that meets damaged rows makes nothing good.
  private func pull() throws {
    let cells = Samples.counter(from: Samples.midnight, minutes: 5)
    do {
      _ = try store.keep(Samples.batch([Samples.series("a", cells)]))
    } catch HistoryError.damaged {
    } catch HistoryError.failed {}
  }

  // In a transaction that is undone: the next alteration meets the same history.
  @Test("never changes an answer unnoticed", arguments: try keys())
  private func silence(key: Key) throws {
    let before = try answers()
    #expect(before.allSatisfy { $0.text != nil })
    try store.connection.script(
      "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;", during: .settings)
    var (altered, noticed) = (0, 0)
    var silent: [String] = []
    for row in try rows(of: key) {
      let place = zip(key.columns, row).map { "\($0) = \($1.literal)" }.joined(separator: " AND ")
      for (column, value) in zip(key.columns, row) {
        for literal in value.altered.map(\.literal) {
          let change = "UPDATE \(key.table) SET \(column) = \(literal) WHERE \(place)"
          try store.connection.begin()
          if run(change) {
            let after = try answers()
            altered += 1
            if after.contains(where: { $0.text == nil }) { noticed += 1 }
            for (one, other) in zip(before, after) where other.text != nil && one != other {
              silent.append("\(change): \(one.question)")
            }
            try pull()
            for (one, other) in zip(after, try answers()) where one.text == nil && other.text != nil
            {
              silent.append("\(change): \(one.question), after a pull")
            }
          }
          try store.connection.rollBack()
        }
      }
    }
    print(
      "\(key.table): \(altered) keys altered, \(noticed) noticed, \(silent.count) silent changes")
    #expect(silent.isEmpty, "\(silent.prefix(20))")
    #expect(altered > 0)
  }
}

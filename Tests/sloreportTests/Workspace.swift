import Foundation
import TestSupport

/// A folder with a configuration and snapshots, as a user would have it.
struct Workspace {
  let temporary: TemporaryFolder
  let program = Program("sloreport")

  var folder: URL { URL(fileURLWithPath: temporary.path) }

  /// Monday 2026-10-19 00:00 UTC, the end of week 42.
  static let end: Int64 = 1_792_368_000
  static let asOf = "2026-10-19T00:00:00Z"

  static let configuration = """
    timezone: UTC
    sources: { metrics: { files: "snapshots/*.om" } }
    services:
      shop:
        slos:
          orders:
            objective: 99%
            window: 7d
            ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
    """

  init(configuration: String? = Workspace.configuration, snapshot: String? = nil) throws {
    temporary = try TemporaryFolder()
    if let configuration { try write(configuration, to: "sloreport.yaml") }
    if let snapshot { try write(snapshot, to: "snapshots/orders.om") }
  }

  /// A copy of all that is in a folder.
  init(copyOf folder: URL) throws {
    temporary = try TemporaryFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      try FileManager.default.copyItem(
        at: folder.appendingPathComponent(name), to: self.folder.appendingPathComponent(name))
    }
  }

  func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

  func write(_ bytes: Data, to path: String) throws {
    let url = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: url)
  }

  func read(_ path: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(path))
  }

  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path)
  }

  @discardableResult
  func run(_ arguments: String...) throws -> Program.Outcome {
    try program.run(arguments, in: folder)
  }

  func check(_ arguments: String...) throws -> Program.Outcome {
    try program.run(["check", "--as-of", Workspace.asOf] + arguments, in: folder)
  }

  func weekly(_ arguments: String...) throws -> Program.Outcome {
    try program.run(["weekly", "--as-of", Workspace.asOf] + arguments, in: folder)
  }

  /// Orders of `days` days up to the end of week 42, read every five minutes: ten good ones between two readings, and one
  /// bad one at every `badEvery`-th reading.
  static func orders(days: Int = 15, badEvery: Int = 0, until: Int64 = Workspace.end) -> String {
    var good: [String] = []
    var bad: [String] = []
    var (ok, failed) = (0, 0)
    let count = days * 288
    for index in 0...count {
      let time = until - Int64(count - index) * 300
      ok += 10
      if badEvery > 0, index % badEvery == 0 { failed += 1 }
      good.append("orders_total{code=\"ok\"} \(ok) \(time)")
      bad.append("orders_total{code=\"failed\"} \(failed) \(time)")
    }
    return "# TYPE orders counter\n" + (good + bad).joined(separator: "\n") + "\n# EOF\n"
  }
}

import Foundation
import TestSupport
import Testing

/// One thing that is wrong, or healthy, with what the gate is decided from, and the exit code that is right.
struct GateScene: Sendable, CustomTestStringConvertible {
  let name: String
  let code: Int32
  /// Leaves a folder in which `check` is run; may run the program itself.
  let prepare: @Sendable (Workspace) throws -> Void

  init(_ name: String, _ code: Int32, _ prepare: @escaping @Sendable (Workspace) throws -> Void) {
    (self.name, self.code, self.prepare) = (name, code, prepare)
  }

  var testDescription: String { name }
}

extension Workspace {
  /// A series in Prometheus text, and its value at each reading; `nil` is no reading.
  typealias Readings = (series: String, value: (Int) -> Int?)

  /// Readings every `step` seconds over the eight days before the week's end, `shift` seconds late.
  ///
  /// 600 s make 1152 steps; the last seven days hold 1008 of them.
  static func text(
    step: Int = 600, shift: Int = 0, days: Int = 8, until: Int64 = Workspace.end,
    _ all: [Readings]
  ) -> String {
    let count = days * 86_400 / step
    var lines: [String] = []
    for (series, value) in all {
      for index in 0...count {
        guard let value = value(index) else { continue }
        let time = until - Int64((count - index) * step) + Int64(shift)
        lines.append("\(series) \(value) \(time)000")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Ten orders between two readings and one bad one in fifty readings: 0.2 % bad, where 1 % is allowed.
  static var healthy: [Readings] {
    [("orders_total{code=\"ok\"}", { 10 * $0 }), ("orders_total{code=\"failed\"}", { $0 / 50 })]
  }

  /// The same with every order of twelve hours bad: 720 of 10,080, 7 % bad.
  static var outage: [Readings] {
    [
      ("orders_total{code=\"ok\"}", { 10 * ($0 < 900 ? $0 : max(900, $0 - 72)) }),
      ("orders_total{code=\"failed\"}", { 10 * min(72, max(0, $0 - 900)) }),
    ]
  }

  static let ratio = #"ratio: { source: m, good: 'orders_total{code="ok"}', total: orders_total }"#

  /// One objective of 99 % over seven days.
  func configure(
    _ indicator: String = Workspace.ratio, source: String = "files: \"m/*\"", more: String = "",
    service: String = "", top: String = ""
  ) throws {
    try write(
      """
      timezone: UTC
      sources: { m: { \(source) } }
      \(top)
      services:
        shop:
          \(service)
          slos:
            orders:
              objective: 99%
              window: 7d
              \(more)
              \(indicator)
      """, to: "sloreport.yaml")
  }

  /// The usual configuration and these files under `m`.
  func scene(_ files: [String: String]) throws {
    try configure()
    for (name, text) in files { try write(text, to: "m/\(name)") }
  }

  /// Runs a line of shell in the folder; `$PROGRAM` is the program.
  func shell(_ line: String) throws {
    let outcome = try program.shell(line, in: folder)
    guard outcome.status == 0 else {
      throw CocoaError(.executableLoad, userInfo: [NSDebugDescriptionErrorKey: "\(outcome)"])
    }
  }

  /// Collects a week with an outage, then does something to the history.
  func tampered(_ statement: String) throws {
    try scene(["a.prom": Workspace.text(Workspace.outage)])
    try run("collect", "--as-of", Workspace.asOf)
    try shell("sqlite3 sloreport.db \"\(statement)\"")
  }

  /// A table of 8 days in rows of ten minutes; `nil` is no row.
  func rows(_ header: String, _ indicator: String, _ row: (Int) -> String?) throws {
    try configure(indicator)
    let lines = (0..<8 * 144).compactMap { index in
      row(index).map { "\(Workspace.end - 8 * 86_400 + Int64(index) * 600),\($0)" }
    }
    try write(([header] + lines).joined(separator: "\n") + "\n", to: "m/t.csv")
  }
}

@testable import Reports

/// Names that would end, begin or bend what they are put into.
enum Hostile {
  static let names = MarkupTests.hostile + ["a\nb", "a\r\n# b", "| --- |", "`code", "\u{7F}"]

  static func objectives(_ name: String) throws -> [ObjectiveFacts] {
    [
      try Sample.objective(name, bad: 1000...1599), try Sample.objective("B"),
      try Sample.objective("C", days: 3).with([
        "doubts": [["kind": "noSeries", "selector": name] as [String: Any]]
      ]),
    ]
  }

  static func facts(_ name: String) throws -> ReportFacts {
    try Sample.facts(
      objectives(name),
      incidents: [
        Sample.incident(name, title: name, services: [name], cause: name),
        Sample.incident("INC-2", lasting: nil),
      ]
    ).with([
      "title": name, "incomplete": [["source": name, "reason": name]],
      "sourceNotes": [["source": name, "text": name]],
    ])
  }
}

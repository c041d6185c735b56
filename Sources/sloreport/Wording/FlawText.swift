import Analytics
import Model

/// Words for what was wrong with series.
enum FlawText {
  private static let kinds: [(name: String, count: @Sendable (Flaws) -> Int64)] = [
    ("rejected", { $0.rejected }), ("duplicated", { $0.duplicated }),
    ("out of order", { $0.disordered }), ("reset", { $0.resets }), ("stale", { $0.stale }),
    ("missing", { $0.missing }),
  ]

  /// "12 rejected, 3 duplicated"; `nil` where nothing was wrong.
  static func list(_ flaws: Flaws) -> String? {
    let parts = kinds.filter { $0.count(flaws) > 0 }
      .map { "\(Wording.count($0.count(flaws))) \($0.name)" }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }

  /// "and at least 3 more series".
  private static func rest(_ rest: (series: Int, isCut: Bool)) -> String {
    "and \(rest.isCut ? "at least " : "")\(rest.series) more series"
  }

  /// The worst series, one a line, with a column for each kind of flaw that there is; empty without any.
  ///
  /// Buckets of one histogram to which the same happened are one line.
  static func table(_ tally: FlawTally, lines: Int = 20) -> [String] {
    var worst: [(id: SeriesID, flaws: Flaws, count: Int)] = []
    for (id, flaws) in tally.worst(50 * lines) {
      if let known = worst.firstIndex(where: {
        $0.flaws == flaws && $0.id.withoutBound == id.withoutBound
      }) {
        worst[known].count += 1
      } else if worst.count < lines {
        worst.append((id, flaws, 1))
      }
    }
    let shown = kinds.filter { kind in worst.contains { kind.count($0.flaws) > 0 } }
    guard !shown.isEmpty else { return [] }
    let numbers = worst.map { line in shown.map { Wording.count($0.count(line.flaws)) } }
    let widths = shown.indices.map { column in
      max(shown[column].name.count, numbers.map { $0[column].count }.max() ?? 0)
    }
    func row(_ cells: [String], _ name: String) -> String {
      zip(cells, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 + "  " }.joined()
        + name
    }
    let names = worst.map { line in
      "\(Feed.text(of: line.id.source)): "
        + (line.count > 1 ? "\(line.id.withoutBound.text), \(line.count) buckets" : line.id.text)
    }
    return [row(shown.map(\.name), "series")] + zip(numbers, names).map(row)
      + [tally.rest(after: worst.reduce(0) { $0 + $1.count }).map(rest)].compactMap(\.self)
  }
}

extension SeriesID {
  /// The histogram that a bucket is part of.
  fileprivate var withoutBound: SeriesID {
    SeriesID(
      source: source, name: name,
      labels: labels.filter { !$0.name.elementsEqual("le".utf8) })
  }
}

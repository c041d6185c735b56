import Model

/// A format that the files of a snapshot may have.
protocol SnapshotFormat: Sendable {
  /// The endings of its files' names.
  var endings: [String] { get }

  /// Whether its files may hold incidents, which ``IncidentTable`` reads then.
  var holdsIncidents: Bool { get }

  /// How likely the first bytes of a file are those of this format; `nil` where they cannot be.
  func likeness(to front: SnapshotFront) -> Likeness?

  /// Reads a file to its end.
  func read(_ file: SnapshotText) throws -> Content
}

extension SnapshotFormat {
  var holdsIncidents: Bool { false }
}

enum Likeness: Comparable {
  case possible, likely, certain
}

/// The first bytes of a file with an unknown ending.
struct SnapshotFront {
  let bytes: [UInt8]
  /// Without their ends.
  let lines: [ArraySlice<UInt8>]
  /// What is declared of tables.
  let table: TableForm

  init(_ bytes: [UInt8], table: TableForm) {
    self.bytes = bytes
    self.table = table
    lines = bytes.split(separator: .lineFeed, omittingEmptySubsequences: false).map {
      $0.last == .carriageReturn ? $0.dropLast() : $0
    }
  }
}

/// The text of a file, and what is wanted of it.
struct SnapshotText {
  let stream: FrontedStream
  let source: String
  /// Declared for all series.
  let labels: [Label]
  /// `nil` for all series.
  let wanted: [Selector]?
  /// The length of the cells.
  let minutes: Int64
  /// The time of samples without one.
  let otherwise: Int64?
  /// What is declared of tables.
  let table: TableForm
  let acceptsPartial: Bool
  /// Whether rows of a table are taken to be in order of time.
  let isOrdered: Bool
  let keep: (Series) throws -> Void

  /// Takes samples.
  var samples: SampleCollector {
    SampleCollector(source: source, labels: labels, wanted: wanted, minutes: minutes, keep: keep)
  }

  /// The rows that are wanted, and perhaps samples.
  var wantedRows: [Selector] { wanted ?? [.rows(of: source)] }
}

import Foundation
import Model

@testable import Ingest

/// Bytes in memory, given in portions of a chosen size.
final class MemoryStream: ByteStream {
  private var rest: ArraySlice<UInt8>
  private let portion: Int

  init(_ bytes: [UInt8], portion: Int = .max) {
    rest = bytes[...]
    self.portion = portion
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    let next = rest.prefix(min(portion, buffer.count))
    buffer.copyBytes(from: next)
    rest = rest.dropFirst(next.count)
    return next.count
  }
}

/// A folder that goes away with its owner.
final class Folder: Sendable {
  let path: String

  convenience init() throws {
    try self.init(
      at: FileManager.default.temporaryDirectory.appendingPathComponent(
        "ingest-\(UUID().uuidString)"
      ).path)
  }

  init(at path: String) throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    self.path = path
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: path) } catch { print("left behind: \(path)") }
  }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  /// Compresses a file with the system's gzip and gives the bytes.
  func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    try write("plain.tmp", bytes)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/gzip")
    process.arguments = ["-9", "-n", "-f", "plain.tmp"]
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    try process.run()
    process.waitUntilExit()
    let url = URL(fileURLWithPath: "\(path)/plain.tmp.gz")
    let result = Array(try Data(contentsOf: url))
    try FileManager.default.removeItem(at: url)
    return result
  }

  func source(_ pattern: String, timeFromModification: Bool = false) -> SnapshotSource {
    SnapshotSource(
      name: "m", pattern: pattern, root: path, timeFromModification: timeFromModification)
  }
}

struct Pulled {
  var batches: [Batch] = []
  var failures: [IngestError] = []

  /// All series of all batches by their text.
  var cells: [String: [Cell]] { batches.flatMap(\.series).cells }
}

extension Sequence<Series> {
  /// The cells by the text of the series, brought together as the history does with those of one file.
  var cells: [String: [Cell]] {
    var result: [String: [Cell]] = [:]
    for series in self {
      let known = result[series.id.text] ?? []
      result[series.id.text] =
        Cell.merged(known, with: series.cells, kind: series.kind, readBefore: .max).cells
    }
    return result
  }
}

extension SnapshotSource {
  func pulled(_ names: [String], marks: [FileMark] = []) throws -> Pulled {
    var result = Pulled()
    result.failures = try pull(
      wanted: names.map { Selector(source: name, name: $0) }, marks: marks
    ) { _, produce in
      var file: [Batch] = []
      try produce { file.append($0) }
      result.batches += file
    }
    return result
  }
}

/// The formats of texts.
enum FormatName {
  case prometheusText, openMetrics, csv, apiAnswers

  /// That of a file by its name, or else by its front.
  init(of path: String, front: [UInt8], declared: TableForm = TableForm()) throws(Fault) {
    switch try SnapshotFormats.format(of: path, front: front, table: declared) {
    case is APIFormat: self = .apiAnswers
    case let format as ExpositionFormat:
      self = format.dialect == .openMetrics ? .openMetrics : .prometheusText
    default: self = .csv
    }
  }
}

/// The content of a text in one format, or why it was refused.
func parse(
  _ bytes: [UInt8], as format: FormatName, names: [String] = [], otherwise: Int64? = nil,
  plausible: ClosedRange<Int64> = PlausibleTime.range, portion: Int = .max,
  table: TableForm = TableForm(), acceptsPartial: Bool = false
) throws -> Content {
  let wanted = names.map { Selector(source: "m", name: $0) }
  let stream = MemoryStream(bytes, portion: portion)
  var series: [Series] = []
  var content: Content
  switch format {
  case .prometheusText, .openMetrics:
    var text = Exposition(
      format == .openMetrics ? .openMetrics : .prometheus, source: "m", otherwise: otherwise,
      samples: SampleCollector(source: "m", wanted: wanted, plausible: plausible) {
        series.append($0)
      })
    // In pieces as small as the portions, so that many borders and both threads are tried.
    let cutter = PieceCutter(
      stream, portion: min(max(portion, 8), 1 << 18), lastCut: PieceCutter.lines)
    content = try text.read(cutter)
  case .csv:
    let fronted = try FrontedStream(stream)
    var table = try CSVTable(
      front: fronted.front, form: table, source: "m", wanted: wanted,
      samples: SampleCollector(source: "m", wanted: wanted) { series.append($0) })
    content = try table.read(fronted)
  case .apiAnswers:
    var answers = APIAnswers(
      stream, source: "m", wanted: wanted,
      samples: SampleCollector(source: "m", wanted: wanted, plausible: plausible) {
        series.append($0)
      }, acceptsPartial: acceptsPartial)
    content = try answers.read()
  }
  content.series += series
  return content
}

func parse(
  _ text: String, as format: FormatName, names: [String] = [], table: TableForm = TableForm()
) throws -> Content {
  try parse(Array(text.utf8), as: format, names: names, table: table)
}

/// The failure of a text, or `nil` when it is read.
func fault(_ text: String, as format: FormatName) -> Fault? {
  do {
    _ = try parse(text, as: format, names: ["a", ""])
    return nil
  } catch {
    return error as? Fault
  }
}

/// The content of a table for certain selectors.
func parse(_ text: String, wanted: [Selector]) throws -> Content {
  let stream = try FrontedStream(MemoryStream(Array(text.utf8)))
  var table = try CSVTable(
    front: stream.front, form: TableForm(), source: "m", wanted: wanted,
    samples: SampleCollector(source: "m", wanted: wanted) { _ in })
  return try table.read(stream)
}

extension Timestamp {
  /// Reads ISO 8601 with `Z` or an offset (`2026-10-18T06:00:00.5+02:00`, also with a space), or
  /// Unix seconds.
  ///
  /// A time without a zone is not one. Places beyond nanoseconds are cut off, numbers out of range
  /// clamped.
  static func read(_ text: borrowing Span<UInt8>, _ range: Range<Int>) -> Int64? {
    if let seconds = Decimal(text, range) { return seconds.scaled(by: 9) }
    return readISO(text, range)?.nanoseconds(in: nil)
  }
}

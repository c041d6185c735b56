import Model

@testable import Ingest

/// What came of the bytes of a file.
enum Outcome: Equatable {
  /// The content in words, so that NaN is equal to itself.
  case read(String)
  /// The fault in words.
  case refused(String)
  /// What no reader may give: a fault without a place, cells that cannot be.
  case wrong(String)

  init(_ read: () throws -> (content: Content, checksum: UInt32)) {
    do {
      let (content, checksum) = try read()
      let fault = content.series.lazy.compactMap(Outcome.fault).first
      self = fault.map { .wrong($0) } ?? .read("\(content) \(checksum)")
    } catch {
      let byte = (error as? Fault)?.position?.byte ?? (error as? BlockFault)?.byte
      self = byte.map { $0 >= 0 } ?? false ? .refused("\(error)") : .wrong("\(error)")
    }
  }

  private static func fault(_ series: Series) -> String? {
    for cell in series.cells {
      let numbers = [cell.first, cell.last, cell.low, cell.high, cell.sum, cell.increase]
      let counts = [
        cell.count, cell.rejects, cell.resets, cell.duplicates, cell.disordered, cell.stale,
      ]
      guard numbers.allSatisfy(\.isFinite), counts.allSatisfy({ $0 >= 0 }), cell.low <= cell.high,
        cell.firstTime <= cell.lastTime
      else { return "\(series.id.text) has \(cell)" }
    }
    return nil
  }
}

/// The formats that a snapshot can have.
enum SnapshotForm: String, CaseIterable {
  case prometheusText, openMetrics, csv, apiAnswers
  /// A table of which everything is declared.
  case declaredTable
  case incidents
  /// Prometheus text in gzip.
  case gzip
  /// The archive of a ``BlockImage``.
  case block

  static let names = ["", "a", "a_total", "a_count", "a_sum", "a_bucket", "b", "h_bucket", "h_sum"]
  private static let form = TableForm(
    delimiter: 59, time: "%d.%m.%Y %H:%M:%S", zone: .utc,
    columns: ["time": "Zeit", "value": "Wert"])

  /// Reads the bytes, which come in portions; the files of a block are put into the folder.
  func outcome(of bytes: [UInt8], portion: Int = .max, in folder: Folder) -> Outcome {
    Outcome {
      let stream = MemoryStream(bytes, portion: portion)
      switch self {
      case .prometheusText, .openMetrics, .csv, .apiAnswers, .declaredTable:
        let formats: [SnapshotForm: FormatName] = [
          .prometheusText: .prometheusText, .openMetrics: .openMetrics, .apiAnswers: .apiAnswers,
        ]
        let content = try parse(
          bytes, as: formats[self] ?? .csv, names: SnapshotForm.names, portion: portion,
          table: self == .declaredTable ? SnapshotForm.form : TableForm())
        return (content, 0)
      case .incidents:
        var table = IncidentTable(mapping: IncidentMapping(service: "shop"))
        try table.read(stream)
        return (Content(incidents: table.rows.finish(), read: table.rows.read), 0)
      case .gzip:
        var text: [UInt8] = []
        let reader = GzipReader(stream)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 12, alignment: 16)
        defer { buffer.deallocate() }
        while case let count = try reader.read(into: buffer), count > 0, text.count < 1 << 16 {
          text += buffer[..<count]
        }
        return (try parse(text, as: .prometheusText, names: SnapshotForm.names), 0)
      case .block: return try BlockImage(archive: bytes).read(SnapshotForm.names, in: folder)
      }
    }
  }
}

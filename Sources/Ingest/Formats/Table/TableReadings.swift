/// The readings of a table whose rows each name a series, a time and a value, without making cells of them.
public struct TableReadings {
  private let path: String

  public init(path: String) { self.path = path }

  /// Gives readings of one series that follow each other in the file, in its order; a series may come in parts.
  ///
  /// - Parameter body: takes the name of the series, nanoseconds since the epoch, and as many values.
  /// - Throws: ``IngestError``; what `body` throws.
  public func forEachPart(
    _ body: (_ series: [UInt8], _ times: Span<Int64>, _ values: Span<Double>) throws -> Void
  ) throws {
    do {
      try read(body)
    } catch let fault as Fault {
      throw IngestError(source: "", path: path, position: fault.position, reason: fault.reason)
    }
  }

  private func read(
    _ body: (_ series: [UInt8], _ times: Span<Int64>, _ values: Span<Double>) throws -> Void
  ) throws {
    let stream = try FrontedStream(SnapshotFile(path))
    let layout = try TableLayout(front: stream.front, form: TableForm(), asked: [])
    guard layout.kind == .long, layout.labels.count == 1 else { throw Fault(.expected(.header)) }
    let pipeline = PiecePipeline(PieceCutter(stream, lastCut: CSVTable.lastRow)) {
      TableScanner(layout)
    }
    /// By the number of a scanner and of its group.
    var names: [[[UInt8]]] = [[], []]
    var lines = 0
    var unit: TableTime.Unit?
    try pipeline.forEach { _, found, scanner in
      if let (read, line, _) = found.unit {
        guard (unit ?? read) == read else {
          throw Fault(.mixedTimes, at: .init(line: lines + line + 1, column: layout.time + 1))
        }
        unit = read
      }
      if found.startsOver { names[scanner].removeAll(keepingCapacity: true) }
      for key in found.newGroups { names[scanner].append(Array(key.dropFirst())) }
      var start = 0
      while start < found.rows {
        let group = found.groups[start]
        var end = start + 1
        while end < found.rows, found.groups[end] == group { end += 1 }
        try body(
          names[scanner][Int(group)], found.times.span.extracting(start..<end),
          found.values.span.extracting(start..<end))
        start = end
      }
      if let stop = found.stop {
        throw Fault(
          stop.fault.reason,
          at: .init(line: lines + stop.line + 1, column: stop.fault.field ?? stop.fault.offset + 1))
      }
      lines += found.lines
    }
  }
}

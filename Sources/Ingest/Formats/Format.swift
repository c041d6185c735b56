import Model

/// How the lines of one kind of file become series; no file is opened here.
protocol Format {
  /// Takes the next line, and whether it had an end.
  mutating func read(_ line: Span<UInt8>, ended: Bool) throws(LineFault)

  /// What the file held.
  ///
  /// - Parameters:
  ///   - lines: the number of lines, the last included.
  ///   - bytes: the length of the text.
  /// - Returns: the wanted series.
  /// - Throws: ``Fault`` when the text ends too early.
  mutating func finish(lines: Int, bytes: Int64) throws(Fault) -> Content
}

/// What one file held: the wanted series, or incidents.
struct Content {
  var series: [Series] = []
  var incidents: [Incident] = []
  var span: Window?
  var read = 0
  var rejected: RejectedRows?
}

extension Format {
  /// Reads the stream to its end.
  mutating func content(of stream: any ByteStream) throws(Fault) -> Content {
    var lines = LineReader(stream)
    let bytes = try lines.forEach { (line, ended) throws(LineFault) in
      try read(line, ended: ended)
    }
    return try finish(lines: lines.number, bytes: bytes)
  }
}

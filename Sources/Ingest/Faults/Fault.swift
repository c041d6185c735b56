/// A failure before its source and file are known.
struct Fault: Error, Hashable {
  var position: IngestError.Position?
  var reason: IngestError.Reason

  init(_ reason: IngestError.Reason, at position: IngestError.Position? = nil) {
    self.reason = reason
    self.position = position
  }
}

/// A failure inside one line; the reader adds where the line is.
struct LineFault: Error {
  let reason: IngestError.Reason
  /// Bytes from the line's start.
  let offset: Int
  /// The number of the field, from 1, in a table.
  let field: Int?

  init(_ reason: IngestError.Reason, at offset: Int, field: Int? = nil) {
    self.reason = reason
    self.offset = offset
    self.field = field
  }

  init(expected element: IngestError.Element, at offset: Int) {
    self.init(.expected(element), at: offset)
  }
}

/// Why a source, or one file of it, could not be read: facts without prose.
public struct IngestError: Error, Hashable, Sendable {
  public let source: String
  /// As the pattern named it, or for ``Reason/noFiles`` the pattern itself; `nil` for a source
  /// without files.
  public let path: String?
  public let position: Position?
  public let reason: Reason

  public init(source: String, path: String?, position: Position? = nil, reason: Reason) {
    self.source = source
    self.path = path
    self.position = position
    self.reason = reason
  }

  /// A place in the text of a file; in a compressed file that is the text inside, but for the
  /// faults of the compression itself, whose `byte` counts in the file as stored.
  public struct Position: Hashable, Sendable {
    /// From 1; `nil` when lines have no meaning there.
    public let line: Int?
    /// From 1, in bytes; for a table the number of the field.
    public let column: Int?
    /// From 0.
    public let byte: Int64?

    public init(line: Int? = nil, column: Int? = nil, byte: Int64? = nil) {
      self.line = line
      self.column = column
      self.byte = byte
    }
  }

  /// What the exit code says about it.
  public enum Kind: Hashable, Sendable {
    /// There was no input.
    case missing
    case damaged
    /// A server did not answer, or not in time.
    case unreachable
    /// Rights that are too wide or too narrow: a role that could write, a refused login, a readable password file.
    case unsafe
    /// A server has no such database, table, column or right; a query is not a single SELECT, or gives other columns.
    case configuration
  }

  public var kind: Kind {
    switch reason {
    case .noFiles, .unreadable, .notRegular: .missing
    case .database(let fault): fault.reason.kind
    default: .damaged
    }
  }

  public enum Reason: Hashable, Sendable {
    // The file
    /// The pattern matches no file.
    case noFiles
    /// A directory, a pipe, a device or a socket.
    case notRegular
    /// The system's error number.
    case unreadable(errno: Int32)
    /// Size or time of change differed before and after reading, twice.
    case changedWhileReading
    /// Neither the name nor the content shows what it is.
    case unknownFormat

    // Compression
    /// The code zlib gave.
    case damagedGzip(code: Int32)
    /// The content is more than this many times longer than the file.
    case compressedTooWell(limit: Int64)

    // Text
    /// Ends too early: inside a line, inside compressed data, or without OpenMetrics' closing mark.
    case truncated
    /// Not UTF-8, or a NUL byte.
    case notUTF8
    case lineTooLong(limit: Int)

    // Expositions
    case expected(Element)
    case tooManyLabels(limit: Int)
    case labelTooLong(limit: Int)
    case repeatedLabel(String)
    /// A sample without a time, in a file whose name has none either.
    case noTime
    /// A time before 1990.
    case implausibleTime
    /// A time after 2200: milliseconds where seconds belong, or the like; usually 1,000 times too
    /// large.
    case timeTooLarge
    case textAfterEnd
    /// An OpenMetrics file breaks a rule of its format.
    case rule(Rule)

    // Tables
    /// The text of a number.
    case decimalComma(String)
    /// A time is not written as the configuration says; without a word there, in no form that is recognised.
    case timeForm(declared: String?)
    /// A time without an offset, and nothing says in which zone.
    case localTime
    /// A local time that the clocks skipped.
    case skippedTime
    /// Unix times in different units.
    case mixedTimes
    /// Two columns could be the time.
    case ambiguousColumns(String, String)
    /// Rows of a stream, which cannot be read twice, are not in order of time.
    case disordered
    case missingColumn(String)
    case repeatedColumn(String)
    /// A row has another number of fields than the header.
    case fields(expected: Int, found: Int)
    /// A quote is not closed, or is inside an unquoted field.
    case quote

    // Answers of Prometheus
    /// The server could not answer; its own words.
    case answeredError(type: String, text: String)
    /// The server says of its answer that something is missing in it.
    case partialAnswer(PartialAnswer)
    case missingMember(String)
    case repeatedMember(String)
    case nestedTooDeep(limit: Int)
    case tooManyMembers(limit: Int)
    /// A native histogram has more upper bounds than this.
    case tooManyBounds(limit: Int)

    // Blocks of Prometheus
    case block(Damage)

    // Databases
    case database(DatabaseFault)
  }

  /// What is wrong at a place of a block.
  public enum Damage: Hashable, Sendable {
    /// The file does not begin as such a file does.
    case magic
    case version(UInt8)
    case checksum
    /// A length or a count that cannot be.
    case length
    /// What is referred to is not there.
    case reference
    /// Times fall, or are centuries away.
    case order
    /// A chunk of a kind that is not known.
    case encoding(UInt8)
    /// A native histogram whose buckets are not known.
    case schema(Int64)
    /// `meta.json` is not a JSON object, or lacks this.
    case meta(String)
  }

  /// How a server says that its answer is not whole.
  public enum PartialAnswer: Hashable, Sendable {
    /// `"isPartial": true`, as VictoriaMetrics writes it.
    case flag
    /// The first of `warnings` that is not a remark on the query only, and how many there are.
    case warnings(first: String, count: Int)
    /// An `error` or `errorType` beside the data.
    case error(type: String, text: String)
  }

  /// What was expected at the position.
  public enum Element: String, Hashable, Sendable {
    case metricName, labelName, equals, quotedValue, commaOrBrace, space, number, time, endOfLine
    case comment, type, exemplar, header
    case object, list, colon, jsonValue, resultType, point, buckets
  }

  /// A rule of OpenMetrics 1.0 over more than one token.
  public enum Rule: String, Hashable, Sendable {
    case repeatedName, repeatedMetadata, metadataAfterSamples, unit, value, labelForType
    case exemplarNotAllowed, exemplarTooLong, order, repeatedSample, histogram
  }
}

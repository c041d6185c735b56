/// What one pull brought, kept in one transaction: for files one file, for a query one slice of time.
public struct Batch: Sendable {
  /// The source; for a query and for incidents its feed (see ``Feed``).
  public let source: String
  public let series: [Series]
  public let incidents: [IncidentEntry]
  /// When the file of incidents was written: of two files with the same incident, the later one counts.
  public let written: Instant?
  /// The time that the pull covers: for rows, time without a row is time without events.
  public let span: Window?
  /// The file the batch came from.
  public let file: FileMark?
  /// The query that the batch answers.
  public let query: QueryMark?
  /// Samples or rows read, also those no objective asked for.
  public let read: Int
  /// Whether the batch is all there is in its span: what the history holds there besides is removed.
  public let replaces: Bool
  public let rejected: RejectedRows?
  /// The first metric of an OpenMetrics text whose samples are in two places, which its rules forbid.
  public let parted: String?
  /// Whether it comes from an answer that its server called incomplete, and that was accepted.
  public let isPartial: Bool
  /// Its file was read before up to this minute; what differs from the history there is a correction.
  public let readBefore: Int64
  /// Whether its file was read before for the same series.
  public let isRewritten: Bool

  public init(
    source: String, series: [Series], incidents: [IncidentEntry] = [], written: Instant? = nil,
    span: Window?, file: FileMark? = nil, query: QueryMark? = nil, read: Int,
    replaces: Bool = false,
    rejected: RejectedRows? = nil, parted: String? = nil, isPartial: Bool = false,
    readBefore: Int64 = .min, isRewritten: Bool = false
  ) {
    self.source = source
    self.series = series
    self.incidents = incidents
    self.written = written
    self.span = span
    self.file = file
    self.query = query
    self.read = read
    self.replaces = replaces
    self.rejected = rejected
    self.parted = parted
    self.isPartial = isPartial
    self.readBefore = readBefore
    self.isRewritten = isRewritten
  }
}

extension Batch {
  /// The file it came from, or that of the query's text; `nil` for standard input.
  public var path: String? { file?.path ?? query?.path }

  /// The same, but what the history holds besides stays: an answer without any row may come from tables that were emptied.
  public var keepingTheRest: Batch {
    Batch(
      source: source, series: series, incidents: incidents, written: written, span: span,
      file: file, query: query, read: read, rejected: rejected)
  }
}

/// Rows that could not be used; they are counted in the cells of their minutes, or of the slice's first, or kept as
/// entries of incidents.
public struct RejectedRows: Hashable, Sendable {
  public enum Reason: Hashable, Sendable {
    /// NULL, infinite, or out of the years that instants cover.
    case noTime
    /// A time outside of the slice that was asked for.
    case outside
    /// NULL, NaN or infinite.
    case noNumber
    case negative
    case goodAboveTotal
    /// Words that are neither up nor down nor ignored, each once.
    case unknownState([String])
    case unknownSeverity(String)
    /// An incident that is resolved before it starts.
    case endsBeforeStart
    /// An incident with a duplicate id.
    case repeatedID(String)
  }

  public let count: Int
  /// The first of them: its number from 1, and why.
  public let row: Int
  public let reason: Reason

  public init(count: Int, row: Int, reason: Reason) {
    self.count = count
    self.row = row
    self.reason = reason
  }
}

/// The names under which the history keeps what is not a source as a whole; no source has a slash in its name.
public enum Feed {
  /// The rows of a query: "warehouse/queries/shop/orders.sql".
  public static func query(_ path: String, of source: String) -> String { "\(source)/\(path)" }

  /// The incidents of a service: "/shop".
  public static func incidents(of service: String) -> String { "/\(service)" }

  /// The files of a source as they are declared: another declaration is another feed, whose series never meet the first.
  public static func files(of source: String, _ origin: Origin) -> String {
    origin.isDeclared ? "\(source)\u{1F}\(origin.mark)" : source
  }

  /// What people call a feed of files or of a query.
  public static func text(of feed: String) -> String { String(feed.prefix { $0 != "\u{1F}" }) }

  /// The time of the answers of a source that were accepted although they are not whole: "//metrics".
  public static func partial(of source: String) -> String { "//\(source)" }

  /// Whether a feed has the series of files; the pulls of any other cover all of their time.
  public static func isFiles(_ feed: String) -> Bool { !feed.contains("/") }

  /// Whether a feed has the rows of a query.
  public static func isQuery(_ feed: String) -> Bool { !isFiles(feed) && !feed.hasPrefix("/") }

  /// The service whose incidents a feed has; `nil` for any other.
  public static func service(of feed: String) -> String? {
    feed.hasPrefix("/") && !feed.hasPrefix("//") ? String(feed.dropFirst()) : nil
  }
}

/// A file as it was when it was read.
public struct FileMark: Hashable, Sendable {
  public let path: String
  public let bytes: Int64
  /// Nanoseconds since the epoch.
  public let modified: Int64
  /// When the system last changed anything about it, which nobody can set back; 0 where it is not known.
  public let changed: Int64
  /// CRC-32C of the content as stored.
  public let checksum: UInt32
  /// CRC-32C of the selectors it was read for: with others it is read again.
  public let wanted: UInt32
  /// The minute in which the newest of its cells ends.
  public let ends: Int64

  public init(
    path: String, bytes: Int64, modified: Int64, changed: Int64 = 0, checksum: UInt32,
    wanted: UInt32, ends: Int64 = .max
  ) {
    self.path = path
    self.bytes = bytes
    self.modified = modified
    self.changed = changed
    self.checksum = checksum
    self.wanted = wanted
    self.ends = ends
  }
}

public import Model

/// One query to run over a span of time.
public struct QueryOrder: Hashable, Sendable {
  /// The name its rows are kept under; see ``Feed``.
  public let feed: String
  /// The file of the query, as the configuration names it.
  public let path: String
  /// The text of that file.
  public let sql: String
  public let shape: RowShape
  public let window: Window
  /// The value of `:step`: the length of the buckets that are asked for.
  public let step: Duration
  /// For incidents: how their rows are read.
  public let mapping: IncidentMapping?
  /// For states: what their words mean.
  public let states: StateWords

  public init(
    feed: String, path: String, sql: String, shape: RowShape, window: Window,
    step: Duration = .minutes(1), mapping: IncidentMapping? = nil,
    states: StateWords = StateWords()
  ) {
    self.feed = feed
    self.path = path
    self.sql = sql
    self.shape = shape
    self.window = window
    self.step = step
    self.mapping = mapping
    self.states = states
  }
}

extension QueryOrder {
  /// The window cut at midnights in UTC; for incidents, and where an answer tells only of now, as a whole.
  var slices: [Window] {
    guard shape != .incidents, !tellsOnlyNow else { return [window] }
    var result: [Window] = []
    var start = window.start
    while start < window.end {
      let day = start.seconds.dividedDown(by: 86_400)
      let end = min(window.end, Instant(seconds: (day + 1) * 86_400))
      result.append(Window(start: start, end: end))
      start = end
    }
    return result
  }
}

extension Window {
  /// Both halves, cut at the full hour nearest to the middle; `nil` when it has none inside.
  var halves: (Window, Window)? {
    let hour: Int64 = 3_600_000_000_000
    let middle = start.nanoseconds + length.nanoseconds / 2
    let cut = Instant(nanoseconds: (middle + hour / 2).dividedDown(by: hour) * hour)
    guard start < cut, cut < end else { return nil }
    return (Window(start: start, end: cut), Window(start: cut, end: end))
  }
}

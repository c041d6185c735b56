public import Model

/// What was wrong with series, the worst of them one by one, however many there are.
public struct FlawTally: Sendable {
  /// How many flawed series are held, and how many counters are watched for restarts between parts.
  private static let limit = 10_000

  private let counters: [Selector]
  private var flawed: [SeriesID: Flaws] = [:]
  /// The newest sample of a series, to compare the next part with.
  private var newest: [SeriesID: Cell] = [:]
  /// Series that were not held any more, since others were worse.
  private var isCut = false

  /// - Parameter counters: which of the series are counters; others may fall.
  public init(counters: [Selector]) { self.counters = counters }

  /// Adds the next part of a series; what is wrong between it and the one before it counts, too.
  public mutating func add(_ series: Series) {
    var part = series
    if series.kind == .samples {
      if let before = newest[series.id], let first = series.cells.first(where: { $0.count > 0 }),
        before.lastTime < first.firstTime
      {
        part.cells.insert(before, at: 0)
      }
      if let last = series.cells.last(where: { $0.count > 0 }),
        newest[series.id] != nil || newest.count < FlawTally.limit
      {
        var cell = Cell(minute: last.minute)
        cell.add(last.last, at: last.lastTime)
        newest[series.id] = cell
      }
    }
    var flaws = Flaws(of: part, isCounter: counters.contains { $0.matches(series.id) })
    // The sample put before it was counted with its own part.
    flaws.accepted -= Int64(part.cells.count - series.cells.count)
    add(flaws, of: series.id)
  }

  public mutating func add(_ flaws: Flaws, of id: SeriesID) {
    guard flaws.count > 0 else { return }
    flawed[id, default: Flaws()].add(flaws)
    guard flawed.count > 2 * FlawTally.limit else { return }
    flawed = Dictionary(
      worst(FlawTally.limit).map { ($0.id, $0.flaws) }, uniquingKeysWith: { one, _ in one })
    isCut = true
  }

  /// The series with most flaws, worst first.
  public func worst(_ count: Int) -> [(id: SeriesID, flaws: Flaws)] {
    flawed.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(count)
      .map { ($0.key, $0.value) }
  }

  /// How many flawed series there are beyond so many, and whether that is at least, since not all were held.
  public func rest(after count: Int) -> (series: Int, isCut: Bool)? {
    flawed.count > count ? (flawed.count - count, isCut) : nil
  }
}

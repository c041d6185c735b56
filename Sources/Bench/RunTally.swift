/// What the job runs of a window add up to.
struct RunTally: Sendable {
  let question: JobQuestion
  private(set) var goods: [Int32]
  private(set) var totals: [Int32]
  private var statuses = Names()
  private(set) var providers = Names()
  /// By the number of a status.
  private var meanings: [Meaning] = []
  /// By the number of a provider; the values of those cells are kept.
  private(set) var durations: [SpreadCounts] = []
  private let wanted: WantedCells?
  /// The first durations, until they show which cells matter.
  private var sample: [(provider: Int, value: Int64)] = []
  private var isSampling: Bool

  private enum Meaning { case good, counted, neither }
  private static let sampleSize = 1 << 17

  init(_ question: JobQuestion, wanted: WantedCells?) {
    self.question = question
    self.wanted = wanted
    goods = [Int32](repeating: 0, count: question.buckets)
    totals = goods
    isSampling = wanted == nil
  }

  // MARK: Runs

  /// Adds one run: the texts of its status and provider were given numbers by ``status(_:)`` and ``provider(_:)``.
  @inline(__always)
  mutating func add(bucket: Int, status: Int, provider: Int, duration: Int64?) {
    switch meanings[status] {
    case .neither: return
    case .counted: totals[bucket] += 1
    case .good:
      totals[bucket] += 1
      goods[bucket] += 1
      guard let duration else { return }
      if isSampling {
        addToSample(provider, duration)
      } else {
        durations[provider].add(duration)
      }
    }
  }

  @inline(__always)
  mutating func status(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let place = statuses.place(of: bytes)
    if place == meanings.count { learnStatus() }
    return place
  }

  @inline(__always)
  mutating func provider(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    let place = providers.place(of: bytes)
    if place == durations.count { learnProvider() }
    return place
  }

  @inline(__always)
  mutating func nextStatus(_ list: inout NameList) -> Int? {
    guard let place = list.next(&statuses) else { return nil }
    if place == meanings.count { learnStatus() }
    return place
  }

  @inline(__always)
  mutating func nextProvider(_ list: inout NameList) -> Int? {
    guard let place = list.next(&providers) else { return nil }
    if place == durations.count { learnProvider() }
    return place
  }

  private mutating func learnStatus() {
    let text = statuses.texts[meanings.count]
    meanings.append(
      question.good.contains(text) ? .good : question.counted.contains(text) ? .counted : .neither)
  }

  private mutating func learnProvider() {
    var counts = SpreadCounts()
    for cells in wanted?.cells(of: providers.texts[durations.count]) ?? [] { counts.keep(cells) }
    durations.append(counts)
  }

  // MARK: The sample

  private mutating func addToSample(_ provider: Int, _ value: Int64) {
    sample.append((provider, value))
    if sample.count == RunTally.sampleSize { finish() }
  }

  /// Ends the sample.
  mutating func finish() {
    guard isSampling else { return }
    isSampling = false
    for provider in -1..<durations.count {
      let values = sample.filter { provider < 0 || $0.provider == provider }.map(\.value).sorted()
      guard !values.isEmpty else { continue }
      for share in JobQuestion.shares {
        let middle = share * Double(values.count - 1)
        // Five times the deviation of a rank.
        let reach = 5 * (share * (1 - share) * Double(values.count)).squareRoot() + 2
        let low = SpreadCounts.cell(of: values[max(0, Int(middle - reach))])
        let high = SpreadCounts.cell(of: values[min(values.count - 1, Int(middle + reach) + 1)])
        for place in durations.indices where provider < 0 || place == provider {
          durations[place].keep(low...high)
        }
      }
    }
    for (provider, value) in sample { durations[provider].add(value) }
    sample = []
  }
}

/// The cells whose values a further pass has to keep, for each provider and for all.
struct WantedCells: Sendable {
  private var byProvider: [[UInt8]: Set<Int>] = [:]
  private var common: Set<Int> = []

  var isEmpty: Bool { byProvider.isEmpty && common.isEmpty }

  mutating func insert(_ cells: [Int], provider: [UInt8]?) {
    if let provider {
      byProvider[provider, default: []].formUnion(cells)
    } else {
      common.formUnion(cells)
    }
  }

  func cells(of provider: [UInt8]) -> [ClosedRange<Int>] {
    common.union(byProvider[provider] ?? []).map { $0...$0 }
  }
}

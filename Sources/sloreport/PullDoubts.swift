import Analytics
import Definitions
import History
import Ingest
import Model
import Reports

/// What the history knows of the pulls that feed something: the one place that decides where they leave a doubt.
struct PullDoubts {
  private struct Feed {
    let unread: [Unread]
    let progress: QueryProgress?
    /// For a query, the end of what it was answered for; the others are asked for no span of time.
    let answered: Instant?
  }

  /// What a selector is known for.
  private struct Reading {
    let text: String
    let asked: Asked
    let firstData: Instant?
  }

  private let feeds: [Feed]
  private let readings: [Reading]
  /// Those of the machine's clock.
  private let clock: [Caveat]

  /// The first rows of a table may still be put right.
  private static let settled = Duration.days(1)

  /// Of the selectors of one objective, each with the first instant of its data.
  init(
    _ selectors: [Selector], firsts: [Selector: Instant], clock: Instant, project: Project,
    store: HistoryStore
  ) throws(HistoryError) {
    var (feeds, readings, newest) = ([Feed](), [Reading](), Instant?.none)
    for (feed, selectors) in Dictionary(grouping: Set(selectors), by: \.source)
      .sorted(by: { $0.key < $1.key })
    {
      feeds.append(try PullDoubts.feed(feed, for: selectors, project: project, store: store))
      let known = try store.asked(of: feed)
      for selector in selectors {
        if let later = try store.newestData(of: selector, after: clock + Caveat.clockTolerance) {
          newest = max(later, newest ?? later)
        }
        let wanted = project.asked(of: feed, for: selector)
        guard
          let asked = known.first(where: { $0.parts == wanted.parts })
            ?? known.first(where: { $0.covers(wanted) })
        else { continue }
        readings.append(
          Reading(text: selector.text, asked: asked, firstData: firsts[selector]))
      }
    }
    self.feeds = feeds
    self.readings = readings.sorted { $0.text < $1.text }
    var caveats = [newest.map { Caveat.inFuture($0, clock: clock) }]
    if let pull = try store.newestPull(), pull > clock + Caveat.clockTolerance {
      caveats.append(.clockSetBack(pull, clock: clock))
    }
    self.clock = caveats.compactMap(\.self)
  }

  private static func feed(
    _ feed: String, for selectors: [Selector], project: Project, store: HistoryStore
  ) throws(HistoryError) -> Feed {
    Feed(
      unread: try store.unread(of: feed),
      progress: try project.progress(of: feed, for: selectors, in: store),
      answered: project.query(feed) == nil
        ? nil : try store.spans(of: feed).windows.last?.end ?? Instant(nanoseconds: .min))
  }

  /// What leaves no verdict that is computed from the data of a window, the first of which are of `firstData`.
  func doubts(in window: Window, firstData: Instant?) -> [Caveat] {
    let isCollected = feeds.allSatisfy { feed in
      switch feed.progress {
      case .whole: true
      case .until(let end): window.end <= end
      case nil: false
      }
    }
    let unread = feeds.flatMap { PullDoubts.unread($0, touching: window) }
    let failed = unread.first.map { Caveat.sourceFailed($0.reason, others: unread.count - 1) }
    let start = max(window.start, firstData ?? window.start)
    let partly = readings.compactMap { reading -> Caveat? in
      if let since = reading.asked.since, start < since { return .askedSince(since, reading.text) }
      guard let known = reading.asked.first, let found = reading.firstData,
        known + PullDoubts.settled < found, window.start < found
      else { return nil }
      return .startsLater(found, known: known, reading.text)
    }
    return [failed, isCollected ? nil : .notCollected].compactMap(\.self) + clock + partly
  }

  /// What can change something that is computed from the data of a window.
  ///
  /// A file that could not be read may hold whatever came before its end. What a query was answered for is known, whatever
  /// became of it since.
  private static func unread(_ feed: Feed, touching window: Window) -> [Unread] {
    if let answered = feed.answered { return answered < window.end ? feed.unread : [] }
    return feed.unread.filter { $0.touches(window.start) }
  }

  /// What could not be read of some feeds and touches a window, or any window, for people.
  static func failures(
    _ feeds: Set<String>? = nil, touching window: Window? = nil, project: Project,
    store: HistoryStore
  ) throws(HistoryError) -> [ReportFacts.Failure] {
    var found: [ReportFacts.Failure] = []
    for source in project.configuration.sources {
      for name in project.feeds(of: source.name) where feeds?.contains(name) ?? true {
        let feed = try feed(name, for: [], project: project, store: store)
        for unread in window.map({ PullDoubts.unread(feed, touching: $0) }) ?? feed.unread {
          let failure = ReportFacts.Failure(source: source.name, reason: unread.reason)
          if !found.contains(failure) { found.append(failure) }
        }
      }
    }
    return found
  }
}

import History
import Model

/// What the history remembers of the pull of a source: what could not be read, and that the pull was cut short, until it
/// has come to its end.
///
/// It is written with what the pull brings, so that a pull that brings nothing new leaves the disk alone.
struct PullRecord {
  let store: HistoryStore
  let began: Instant
  /// By feed; a feed that is not asked keeps what is known of it.
  private var unread: [String: [Unread]] = [:]
  /// The first instant in what was read of a feed.
  private(set) var readFrom: [String: Instant] = [:]
  private var isMarked = false

  init(store: HistoryStore, began: Instant) {
    self.store = store
    self.began = began
  }

  mutating func ask(_ feeds: [String]) {
    for feed in feeds where unread[feed] == nil { unread[feed] = [] }
  }

  mutating func add(_ path: String, ends: Instant?, _ reason: String, to feed: String) {
    guard unread[feed]?.contains(where: { $0.path == path }) != true else { return }
    unread[feed, default: []].append(
      Unread(path: path, ends: ends, noticed: began, reason: reason))
  }

  mutating func read(_ batch: Batch) {
    guard let start = batch.span?.start else { return }
    readFrom[batch.source] = min(start, readFrom[batch.source] ?? start)
  }

  /// Takes back what a file that turned out to be damaged seemed to hold.
  mutating func takeBack(to before: [String: Instant]) { readFrom = before }

  /// To be called before more is kept: what was kept so far reaches the disk, as part of a pull that is not finished.
  mutating func goOn() throws(HistoryError) {
    guard store.isUnsettled else { return }
    if !isMarked {
      let cut = Unread(
        path: "", ends: nil, noticed: began,
        reason: "a pull that began at \(began.wholeSecond) was not finished")
      for feed in unread.keys.sorted() {
        try store.note(try store.unread(of: feed).filter { !$0.path.isEmpty } + [cut], of: feed)
      }
      isMarked = true
    }
    try settle()
  }

  /// Notes what became of the pull; `remains` says whether something that this pull did not look at remains unread.
  mutating func end(remains: (Unread) -> Bool) throws(HistoryError) {
    for (feed, found) in unread.sorted(by: { $0.key < $1.key }) {
      let old = try store.unread(of: feed).filter { old in
        !found.contains { $0.path == old.path } && remains(old)
      }
      try store.note(old + found, of: feed)
    }
    try settle()
    (unread, readFrom, isMarked) = ([:], [:], false)
  }

  private func settle() throws(HistoryError) {
    guard store.isUnsettled else { return }
    try store.notePull(at: began)
    try store.settle()
  }
}

/// A half-open span of time, `start ..< end`; empty when both are equal.
public struct Window: Hashable, Sendable {
  public let start: Instant
  public let end: Instant

  /// - Precondition: `start <= end`.
  public init(start: Instant, end: Instant) {
    precondition(start <= end, "a window ends before it starts")
    self.start = start
    self.end = end
  }

  public var length: Duration { end - start }
  public var isEmpty: Bool { start == end }

  public func contains(_ instant: Instant) -> Bool { start <= instant && instant < end }

  /// The part from an instant on; empty where that comes after its end, all of it without an instant.
  public func from(_ instant: Instant?) -> Window {
    Window(start: instant.map { min(end, max(start, $0)) } ?? start, end: end)
  }

  /// The part inside `other`, or `nil` when nothing is shared.
  public func clipped(to other: Window) -> Window? {
    let from = max(start, other.start)
    let to = min(end, other.end)
    return from < to ? Window(start: from, end: to) : nil
  }
}

/// Sorted windows that neither touch nor overlap.
public struct WindowSet: Hashable, Sendable {
  public private(set) var windows: [Window] = []

  public init() {}

  /// The union of `windows`, in any order; empty ones vanish.
  public init(_ windows: [Window]) {
    for window in windows.sorted(by: { $0.start < $1.start }) { append(window) }
  }

  public var length: Duration { windows.reduce(.zero) { $0 + $1.length } }
  public var isEmpty: Bool { windows.isEmpty }

  /// Adds a window that starts no earlier than the last one.
  public mutating func append(_ window: Window) {
    guard !window.isEmpty else { return }
    if let last = windows.last, window.start <= last.end {
      windows[windows.count - 1] = Window(start: last.start, end: max(last.end, window.end))
    } else {
      windows.append(window)
    }
  }

  public func clipped(to window: Window) -> WindowSet {
    var result = WindowSet()
    for part in windows {
      if let shared = part.clipped(to: window) { result.append(shared) }
    }
    return result
  }

  /// What `window` holds that this set does not.
  public func gaps(in window: Window) -> WindowSet {
    var result = WindowSet()
    var from = window.start
    for part in clipped(to: window).windows {
      result.append(Window(start: from, end: part.start))
      from = part.end
    }
    result.append(Window(start: from, end: max(from, window.end)))
    return result
  }

  /// What is outside of a window.
  public func removing(_ window: Window) -> WindowSet {
    WindowSet(
      windows.flatMap { part in
        [
          Window(start: part.start, end: max(part.start, min(part.end, window.start))),
          Window(start: min(part.end, max(part.start, window.end)), end: part.end),
        ]
      })
  }

  public func union(_ other: WindowSet) -> WindowSet { WindowSet(windows + other.windows) }

  public func intersection(_ other: WindowSet) -> WindowSet {
    var result = WindowSet()
    var (one, two) = (0, 0)
    while one < windows.count, two < other.windows.count {
      if let shared = windows[one].clipped(to: other.windows[two]) { result.append(shared) }
      if windows[one].end < other.windows[two].end { one += 1 } else { two += 1 }
    }
    return result
  }
}

public import Model

/// The time in which a service was down by its incidents.
public struct DownTime: Hashable, Sendable {
  /// The union of the incidents, inside the measured time.
  public let down: WindowSet
  public let measured: WindowSet

  public var length: Duration { down.length }

  /// - Formula: the union of `[started, resolved)`, clipped to the measured time of the window; an open one lasts until
  ///   `now`. Overlaps count once.
  ///
  /// - Parameters:
  ///   - incidents: those without down time are left out.
  ///   - window: what is asked about; its time from `now` on is not measured.
  ///   - now: what was resolved later is still open.
  ///   - measured: the time of which it is known whether there was an incident; all of it if `nil`.
  public init(
    of incidents: [Incident], in window: Window, now: Instant, measured: WindowSet? = nil
  ) {
    let elapsed = Window(start: window.start, end: max(window.start, min(window.end, now)))
    let whole = WindowSet([elapsed])
    self.measured = measured?.clipped(to: elapsed) ?? whole
    let down = incidents.filter(\.isDown).map { $0.window(until: elapsed.end) }
    self.down = WindowSet(down).intersection(self.measured)
  }

  /// - Formula: `(measured - down) / measured`; `nil` where nothing is measured.
  public var availability: Double? {
    let whole = measured.length.nanoseconds
    guard whole > 0 else { return nil }
    return Double(whole - length.nanoseconds) / Double(whole)
  }
}

extension Incident {
  /// Whether a service counts as down in it.
  var isDown: Bool { Severity.down.contains(severity) }

  /// When it was resolved, as far as it was known at an instant.
  func resolved(by now: Instant) -> Instant? { resolved.flatMap { $0 <= now ? $0 : nil } }

  /// Whether it began in a window, and before `now`.
  func started(in window: Window, now: Instant) -> Bool {
    window.contains(started) && started < now
  }
}

public import Model

/// What an agreement gives back for a period.
public struct Credit: Hashable, Sendable {
  /// What counts for the agreement.
  public let counts: EventCounts
  /// Events in minutes that had too few of them, which do not count.
  public let quiet: EventCounts
  /// Agreed time that counts as agreed, and time that was written down too late, which counts as any other.
  public let excluded: WindowSet
  public let late: WindowSet
  /// The tier that applies: the lowest bound that the good share is below; `nil` where it is below none.
  public let tier: Agreement.Tier?

  /// Judges a period.
  ///
  /// - Parameters:
  ///   - agreement: its tiers, and what counts.
  ///   - raw: what was counted, with agreed time in it.
  ///   - exclusions: those of the objective.
  ///   - period: what is judged.
  ///   - zone: the report's.
  /// - Formula: good / total < below, compared as whole numbers; a minute that has fewer than so many events is no part of either.
  public init(
    _ agreement: Agreement, _ raw: Measurement, exclusions: [Exclusion], in period: Window,
    zone: ZoneOffsets
  ) {
    var (excluded, late) = (WindowSet(), WindowSet())
    for exclusion in exclusions {
      for window in exclusion.windows(in: period, zone: zone).windows {
        if agreement.isAnnounced(exclusion, before: window.start) {
          excluded = excluded.union(WindowSet([window]))
        } else {
          late = late.union(WindowSet([window]))
        }
      }
    }
    self.excluded = excluded
    self.late = excluded.windows.reduce(late) { $0.removing($1) }
    let tally = raw.excluding(excluded).tally
    var quiet = (good: Int64(0), total: Int64(0))
    let least = agreement.minimumPerMinute.multipliedClamped(by: raw.entryMinutes)
    if least > 0 {
      for place in tally.range(of: period) {
        let entry = tally.counts(at: place..<place + 1)
        if entry.total < least {
          quiet = (quiet.good + entry.good, quiet.total + entry.total)
        }
      }
    }
    let all = tally.counts(in: period)
    self.quiet = EventCounts(good: quiet.good, total: quiet.total)
    let counts = EventCounts(good: all.good - quiet.good, total: all.total - quiet.total)
    self.counts = counts
    tier = agreement.tiers.last { tier in
      counts.total > 0
        && Int128(counts.good) * 1_000_000_000 < Int128(counts.total) * Int128(tier.below)
    }
  }
}

extension Agreement {
  /// Whether agreed time was written down early enough; without a day of entry nobody can tell.
  fileprivate func isAnnounced(_ exclusion: Exclusion, before start: Instant) -> Bool {
    guard let notice else { return true }
    return exclusion.entered.map { $0 + notice <= start } ?? false
  }
}

extension Measurement {
  /// How many minutes an entry of the tally stands for.
  fileprivate var entryMinutes: Int64 { max(1, entryLength.nanoseconds / 60_000_000_000) }
}

extension Int64 {
  fileprivate func multipliedClamped(by other: Int64) -> Int64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}

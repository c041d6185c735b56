public import Model

extension Assessment {
  /// What would be left of the budget with agreed time counted, where a reader must know that.
  ///
  /// That is where the gate would be closed with it, where it holds a tenth of the budget, and where it was written down
  /// late and holds bad events. `raw` is the tally with the agreed time in it.
  public func excludedBudget(raw: Tally, zone: ZoneOffsets) -> [Caveat] {
    guard let budget, !objective.exclusions.isEmpty else { return [] }
    let all = raw.counts(in: elapsed)
    let excluded = max(0, all.total - (level?.total ?? 0))
    let whole = ErrorBudget(
      bad: all.bad, of: max(1, budget.total.addingClamped(excluded)), target: budget.target)
    guard all.bad > budget.bad, whole.left.isFinite else { return [] }
    let isLate = objective.exclusions.contains { exclusion in
      exclusion.isLate(in: elapsed, zone: zone)
        && exclusion.windows(in: elapsed, zone: zone).windows.contains {
          raw.counts(in: $0).bad > 0
        }
    }
    let closes =
      whole.band(of: objective.policy).closesGate && band?.closesGate == false
    guard isLate || closes || budget.left - whole.left >= 0.1 else { return [] }
    return [.excluded(Int64((max(-1e9, whole.left) * 1e9).rounded()))]
  }
}

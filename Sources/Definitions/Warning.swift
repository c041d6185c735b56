/// What is valid but probably a mistake: most of it closes a gate for ever, or never.
public enum Warning: Hashable, Sendable {
  // Policies.
  /// No band closes the gate.
  case gateNeverCloses(policy: String)
  /// The band without `below` closes the gate, whatever is left.
  case gateNeverOpens(policy: String)

  // Selectors.
  /// Good counts the same series as total.
  case goodIsTotal
  /// Good counts series that total leaves out, by their value of this label.
  case goodBeyondTotal(label: String)
  /// No series can meet all conditions on this label.
  case contradiction(label: String)
  /// A condition of equality on a text that looks like a pattern.
  case patternAsText(label: String, text: String, isNegative: Bool)

  // Objectives.
  /// `missing: bad` where events are counted, of which none is missing where nothing was measured.
  case missingWithoutEffect
  /// An objective of 100 %: one bad event closes the gate.
  case nothingAllowed
  /// A verdict needs no measured time.
  case coverageUnchecked
  /// A verdict needs hardly any history.
  case historyUnchecked(Duration)
  /// Data become too old for the window before they count as stale.
  case neverStale(after: Duration, window: Duration)
  /// Agreed time, by its reason, that covers the whole window.
  case excludesWindow(reason: String)
  /// A slice of time does not fit into the window.
  case sliceBeyondWindow(Duration, window: Duration)
  /// Another objective of the service asks for the same.
  case sameObjective(String, firstLine: Int)

  // Queries.
  /// For the caller, who alone reads the file: parameters that are not in it.
  case queryWithoutBounds(String, missing: [String])
}

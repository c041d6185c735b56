/// What a value must not reach, and from which day on.
public struct CapacityLimit: Hashable, Sendable {
  /// The side of the limit on which values are free.
  public enum Kind: Hashable, Sendable {
    /// Full at or above it.
    case above
    /// Free space: spent at or below it.
    case below
  }

  public let kind: Kind
  /// From when on which value holds, in the order of days; before the first, the first.
  public let steps: [Step]

  public struct Step: Hashable, Sendable {
    public let from: Int
    public let value: Double
    public init(from: Int, value: Double) { (self.from, self.value) = (from, value) }
  }

  public init(_ value: Double, kind: Kind = .above) {
    self.init([Step(from: .min, value: value)], kind: kind)
  }

  /// - Parameters:
  ///   - steps: at least one; of two from the same day the later one holds.
  ///   - kind: the side.
  public init(_ steps: [Step], kind: Kind = .above) {
    precondition(!steps.isEmpty)
    self.kind = kind
    // Sorting by day and place keeps the order of equal days.
    self.steps = steps.enumerated()
      .sorted { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }.map(\.element)
  }

  public func value(on day: Int) -> Double {
    steps.last { $0.from <= day }?.value ?? steps[0].value
  }

  /// The steps that hold from a day on, each with another value than the one before it.
  public func steps(from day: Int) -> [Step] {
    let later = steps.filter { $0.from > day }
    return ([Step(from: day, value: value(on: day))] + later).reduce(into: []) { kept, step in
      if kept.last?.value != step.value { kept.append(step) }
    }
  }

  /// A share of the limit, such as the 80 % at which to warn.
  public func share(_ share: Double) -> CapacityLimit {
    CapacityLimit(steps.map { Step(from: $0.from, value: $0.value * share) }, kind: kind)
  }

  /// Whether a value is at the limit or beyond it.
  public func isMet(by value: Double, on day: Int) -> Bool {
    switch kind {
    case .above: value >= self.value(on: day)
    case .below: value <= self.value(on: day)
    }
  }
}

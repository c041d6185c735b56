/// The share of good events an objective asks for, held exactly in parts per billion.
public struct Target: Hashable, Sendable {
  public let partsPerBillion: Int64  // 99.9 % is 999_000_000

  /// The share of bad events the target tolerates: an exact subtraction.
  public var allowance: Int64 { 1_000_000_000 - partsPerBillion }

  /// - Throws: ``TargetError/outOfRange(_:)`` unless `0 < partsPerBillion <= 1_000_000_000`.
  public init(partsPerBillion: Int64) throws(TargetError) {
    guard 0 < partsPerBillion, partsPerBillion <= 1_000_000_000 else {
      throw .outOfRange(partsPerBillion)
    }
    self.partsPerBillion = partsPerBillion
  }
}

public enum TargetError: Error, Equatable {
  case outOfRange(Int64)
}

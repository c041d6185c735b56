/// A regular expression over bytes, anchored at both ends, matched in linear time.
public struct Pattern: Hashable, Sendable {
  public let text: String

  public init(_ text: String) throws(PatternError) { self.text = text }

  public func matches(_ value: [UInt8]) -> Bool { false }
}

public enum PatternError: Error, Hashable, Sendable {
  case unsupported(at: Int)
  case tooLarge
}

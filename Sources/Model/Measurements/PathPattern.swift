/// A pattern of paths whose braces name what a part of a path says: `m/{instance}-*.prom`.
///
/// The rest is as the shell writes patterns; a brace after a backslash or between brackets is meant literally.
public struct PathPattern: Hashable, Sendable {
  public enum Piece: Hashable, Sendable {
    case glob(String)
    /// One character or more, none of them a slash.
    case name(String)
  }

  public enum Failure: Error, Hashable, Sendable {
    case unclosedBrace
    case label(LabelNameError)
    /// The same name in two places.
    case repeatedName(String)
  }

  /// No two of the same kind of glob follow each other.
  public let pieces: [Piece]

  /// - Throws: ``Failure`` for the first brace that cannot be read.
  public init(_ text: String) throws(Failure) {
    var pieces: [Piece] = []
    var names: Set<String> = []
    var (rest, glob) = (text[...], "")
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        glob.append(character)
        if let escaped = rest.popFirst() { glob.append(escaped) }
      case "[":
        glob.append(character)
        // The first character between brackets may be one that closes them.
        guard let end = rest.dropFirst().firstIndex(of: "]") else { continue }
        glob += rest[...end]
        rest = rest[end...].dropFirst()
      case "{":
        guard let end = rest.firstIndex(of: "}") else { throw .unclosedBrace }
        let name = String(rest[..<end])
        rest = rest[end...].dropFirst()
        if let error = LabelNameError(declared: name) { throw .label(error) }
        guard names.insert(name).inserted else { throw .repeatedName(name) }
        if !glob.isEmpty { pieces.append(.glob(glob)) }
        glob = ""
        pieces.append(.name(name))
      default: glob.append(character)
      }
    }
    if !glob.isEmpty { pieces.append(.glob(glob)) }
    self.pieces = pieces
  }

  /// What the braces name, in their order.
  public var names: [String] {
    pieces.compactMap { if case .name(let name) = $0 { name } else { nil } }
  }

  /// The pattern as the system reads it.
  public var glob: String {
    pieces.map { if case .glob(let text) = $0 { text } else { "?*" } }.joined()
  }
}

/// Why a name cannot be declared as a label.
public enum LabelNameError: Hashable, Sendable {
  /// Letters, digits and underscores, the first of them no digit.
  case malformed(String)
  /// One that means something else: the bound of a bucket, a metric's name, the two counts of a row.
  case reserved(String)

  /// `nil` for a name that can be declared.
  public init?(declared name: String) {
    let isWritten = name.utf8.enumerated().allSatisfy { place, byte in
      (byte | 32) &- 97 < 26 || byte == 95 || (place > 0 && byte &- 48 < 10)
    }
    if !isWritten || name.isEmpty {
      self = .malformed(name)
    } else if name.hasPrefix("__") || ["le", "column"].contains(name) {
      self = .reserved(name)
    } else {
      return nil
    }
  }
}

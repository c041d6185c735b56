/// A template whose slots `{{name}}` are filled with markup.
struct Frame {
  let template: String

  /// Fills every slot.
  ///
  /// - Throws: ``FrameError`` for a slot the report does not know, or one that is not closed.
  func filled(with slots: [String: String]) throws(FrameError) -> String {
    var result = ""
    var rest = template[...]
    while let open = rest.firstRange(of: "{{") {
      result += rest[..<open.lowerBound]
      guard let close = rest[open.upperBound...].firstRange(of: "}}") else { throw .unclosed }
      let name = String(rest[open.upperBound..<close.lowerBound])
      guard let value = slots[name] else { throw .unknownSlot(name) }
      result += value
      rest = rest[close.upperBound...]
    }
    return result + rest
  }
}

public enum FrameError: Error, Equatable {
  case unknownSlot(String)
  case unclosed
}

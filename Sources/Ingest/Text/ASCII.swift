/// The bytes of ASCII by name.
extension UInt8 {
  @inline(__always) static var tab: UInt8 { 9 }
  @inline(__always) static var lineFeed: UInt8 { 10 }
  @inline(__always) static var carriageReturn: UInt8 { 13 }
  @inline(__always) static var space: UInt8 { 32 }
  @inline(__always) static var quote: UInt8 { 34 }
  @inline(__always) static var hash: UInt8 { 35 }
  @inline(__always) static var dollar: UInt8 { 36 }
  @inline(__always) static var percent: UInt8 { 37 }
  @inline(__always) static var apostrophe: UInt8 { 39 }
  @inline(__always) static var closeParenthesis: UInt8 { 41 }
  @inline(__always) static var asterisk: UInt8 { 42 }
  @inline(__always) static var plus: UInt8 { 43 }
  @inline(__always) static var comma: UInt8 { 44 }
  @inline(__always) static var minus: UInt8 { 45 }
  @inline(__always) static var point: UInt8 { 46 }
  @inline(__always) static var slash: UInt8 { 47 }
  @inline(__always) static var zero: UInt8 { 48 }
  @inline(__always) static var colon: UInt8 { 58 }
  @inline(__always) static var semicolon: UInt8 { 59 }
  @inline(__always) static var equals: UInt8 { 61 }
  @inline(__always) static var openBracket: UInt8 { 91 }
  @inline(__always) static var backslash: UInt8 { 92 }
  @inline(__always) static var closeBracket: UInt8 { 93 }
  @inline(__always) static var underscore: UInt8 { 95 }
  @inline(__always) static var openBrace: UInt8 { 123 }
  @inline(__always) static var bar: UInt8 { 124 }
  @inline(__always) static var closeBrace: UInt8 { 125 }

  /// What a digit counts; 10 and more for any other byte.
  @inline(__always) var digit: UInt8 { self &- .zero }
  @inline(__always) var isDigit: Bool { digit < 10 }
  @inline(__always) var isBlank: Bool { self == .space || self == .tab }
  @inline(__always) var isLineEnd: Bool { self == .lineFeed || self == .carriageReturn }
  /// The small letter of a letter.
  @inline(__always) var lowercased: UInt8 { self | 32 }
  @inline(__always) var isLetter: Bool { lowercased &- UInt8(ascii: "a") < 26 }
  /// Whether an exponent may follow in a number.
  @inline(__always) var isExponentMark: Bool { lowercased == UInt8(ascii: "e") }
}

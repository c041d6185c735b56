/// A colour of eight bits each for red, green and blue.
public struct Colour: Hashable, Sendable {
  /// Red in the third byte, blue in the lowest.
  let bits: UInt32

  /// Reads "#14568F", its letters large or small.
  public init?(hex text: String) {
    guard text.utf8.count == 7, text.first == "#", text.dropFirst().allSatisfy(\.isHexDigit),
      let bits = UInt32(text.dropFirst(), radix: 16)
    else { return nil }
    self.bits = bits
  }

  private init(bits: UInt32) { self.bits = bits }

  static let black = Colour(bits: 0)

  /// "#14568F".
  var hex: String {
    let digits = String(bits, radix: 16, uppercase: true)
    return "#" + String(repeating: "0", count: 6 - digits.utf8.count) + digits
  }

  var red: Double { Double(bits >> 16) / 255 }
  var green: Double { Double(bits >> 8 & 255) / 255 }
  var blue: Double { Double(bits & 255) / 255 }
}

/// What colour each paint has in a file, which no style sheet changes: that of a light page, or another.
public struct Colours: Sendable {
  private var replaced: [Paint: Colour] = [:]

  public static let light = Colours()

  private static let table = Dictionary(
    uniqueKeysWithValues: Paint.allCases.compactMap { paint in
      Colour(hex: paint.light).map { (paint, $0) }
    })

  public func replacing(_ paint: Paint, by colour: Colour) -> Colours {
    var copy = self
    copy.replaced[paint] = colour
    return copy
  }

  func colour(_ paint: Paint) -> Colour { replaced[paint] ?? Self.table[paint] ?? .black }

  func hex(_ paint: Paint) -> String { replaced[paint]?.hex ?? paint.light }
}

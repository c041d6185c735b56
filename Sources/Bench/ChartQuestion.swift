import Charts

/// Which charts to draw: `params.json` of the comparison.
struct ChartQuestion: Sendable {
  struct Chart: Sendable {
    let name: String
    let title: String
  }

  /// Pixels.
  let width: Double
  let height: Double
  let colour: Colour
  let unit: String
  let charts: [Chart]

  /// Reads an object whose texts hold no escapes; `nil` when something is missing.
  init?(_ text: String) {
    // Texts and what is between them, in turn.
    let parts = text.utf8.split(separator: UInt8(ascii: "\""), omittingEmptySubsequences: false)
      .map { String(Substring($0)) }
    func place(_ key: String) -> Int? {
      stride(from: 1, to: parts.count - 1, by: 2).first { parts[$0] == key }
    }
    func number(_ key: String) -> Double? {
      place(key).flatMap { Double(parts[$0 + 1].filter { $0.isNumber || $0 == "." }) }
    }
    func string(_ key: String) -> String? {
      place(key).flatMap { $0 + 2 < parts.count ? parts[$0 + 2] : nil }
    }
    guard let width = number("width"), let height = number("height"),
      let colour = string("line_color").flatMap(Colour.init(hex:)), let unit = string("unit")
    else { return nil }
    self.width = width
    self.height = height
    self.colour = colour
    self.unit = unit
    let names = stride(from: 1, to: parts.count - 6, by: 2).filter {
      parts[$0] == "name" && parts[$0 + 4] == "title"
    }
    charts = names.map { Chart(name: parts[$0 + 2], title: parts[$0 + 6]) }
  }
}

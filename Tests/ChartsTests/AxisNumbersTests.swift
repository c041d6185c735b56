import Testing

@testable import Charts

@Suite("The numbers of an axis")
struct AxisNumbersTests {
  private func texts(_ range: ClosedRange<Double>, unit: String) -> [String] {
    let ticks = Ticks.over(range, about: 5)
    let numbers = AxisNumbers(ticks, unit: unit)
    return ticks.values.map { numbers.text($0).replacing("\u{A0}", with: " ") }
  }

  @Test("have their unit and as many decimals as tell them apart, zero none")
  func plain() {
    #expect(texts(0...100, unit: "ms") == ["0 ms", "25 ms", "50 ms", "75 ms", "100 ms"])
    #expect(texts(0...1, unit: "%") == ["0 %", "0.25 %", "0.50 %", "0.75 %", "1.00 %"])
    #expect(texts(-2...2, unit: "") == ["\u{2212}2", "\u{2212}1", "0", "1", "2"])
  }

  @Test("are counted in thousands, millions and billions from ten thousand on")
  func large() {
    #expect(texts(0...8000, unit: "/min").last == "8000/min")
    #expect(texts(0...20_000, unit: "/min").last == "20 k/min")
    #expect(texts(0...40_000_000, unit: "B").last == "40 M B")
  }

  @Test("write one reading with a decimal more, if it has one")
  func exact() {
    let numbers = AxisNumbers(Ticks.over(0...100, about: 5), unit: "ms")
    #expect(numbers.exact(31.25) == "31.3\u{A0}ms")
    #expect(numbers.exact(31) == "31\u{A0}ms")
  }
}

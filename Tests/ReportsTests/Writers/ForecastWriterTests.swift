import Analytics
import Model
import Testing

@testable import Reports

@Suite("What `forecast` says")
struct ForecastWriterTests {
  private let asOf = Sample.end

  private func item(
    _ name: String, _ values: [Double], leadTime: Duration? = nil, unit: String? = nil
  ) -> CapacityFacts {
    Sample.capacity(name, values, leadTime: leadTime, unit: unit)
  }

  private func writer(_ items: [CapacityFacts]) -> ForecastWriter {
    ForecastWriter(
      ForecastFacts(asOf: asOf, horizonDays: 30, items: items, incomplete: []), zone: .utc)
  }

  // 60 … 119: 135 are met 16 days after 18 October. 71 … 130: 150 are met on 7 November; 14 days before is 24 October.
  @Test("its first line names the worst and what to do")
  func headlines() {
    let rising = item("a", (60..<120).map(Double.init))
    let near = item("b", (71...130).map(Double.init), leadTime: .days(14))
    let calm = item("c", Array(repeating: 50, count: 30))
    let short = item("d", [50])
    #expect(
      Wording.plain(writer([rising, calm]).headline)
        == "1 of 2 resources needs action: a is likely to reach its critical share on Tue 3 Nov.")
    #expect(
      Wording.plain(writer([rising, near]).headline)
        == "2 of 2 resources need action: order b by Sat 24 Oct.")
    #expect(
      Wording.plain(writer([item("e", Array(repeating: 140, count: 30))]).headline)
        == "1 of 1 resource needs action: e has passed its critical share.")
    #expect(
      Wording.plain(writer([calm, short]).headline)
        == "None of 2 resources needs action within 30 days, 1 without a prediction for lack of data."
    )
    #expect(writer([]).headline == "Nothing to forecast.")
  }

  @Test("the table is the same in a narrow terminal but for the sparkline, and in ASCII")
  func tables() {
    let writer = writer([item("a", (60..<120).map(Double.init))])
    let wide = writer.text(columns: nil, ascii: false)
    #expect(wide.contains("LAST 90 DAYS") && wide.contains("!  a  80 %"), "\(wide)")
    #expect(wide.contains("3 Nov (3–3)"), "\(wide)")
    let narrow = writer.text(columns: 80, ascii: true)
    #expect(!narrow.contains("LAST 90 DAYS") && narrow.contains("!!  a"), "\(narrow)")
  }

  @Test("CSV has what is known, and nothing for what is not")
  func csv() {
    let lines = writer([item("a", (60..<120).map(Double.init)), item("d", [50])]).csv()
      .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
    #expect(lines.count == 3 && lines.allSatisfy { $0.count == 26 })
    #expect(lines[1][0] == "shop/a" && lines[1][2] == "119.0" && lines[1][14] == "date")
    #expect(lines[2][0] == "shop/d" && lines[2][5] == "" && lines[2][25] == "tooFewValues")
  }

  @Test("hostile names stay in their cells")
  func hostile() {
    let writer = writer([item("=a|b,\"c\"\n<d>", [50])])
    #expect(writer.csv().contains("\"shop/=a|b,\"\"c\"\""), "\(writer.csv())")
    #expect(writer.markdown().contains("\\|b"), "\(writer.markdown())")
  }

  @Test("negative values are left out and named")
  func negative() {
    let found = item("a", Array(repeating: -5, count: 3) + Array(repeating: 50, count: 30))
    #expect(found.negativeDays == 3)
    #expect(
      Wording.plain(CapacityWords(found).method).contains(
        "3 negative values left out"))
  }
}

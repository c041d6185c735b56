import Testing

@testable import Analytics

@Suite("Outlier days")
struct OutlierDaysTests {
  /// 0, 1, 2, 0, 1, 2 …: six neighbours have a median of 1, so deviations are -1, 0 and 1, and their median size is 1.
  private func values(_ other: [Int: Double], count: Int = 30) -> [Double] {
    (0..<count).map { other[$0] ?? Double($0 % 3) }
  }

  // The bound is 8 · 1.4826 = 11.86 from the median of 1.
  @Test("are beyond eight usual deviations")
  func bound() {
    #expect(OutlierDays.places(in: values([12: 1000]), limit: 1) == [12])
    #expect(OutlierDays.places(in: values([12: 14]), limit: 1) == [12])
    #expect(OutlierDays.places(in: values([12: 12]), limit: 1) == [])
    #expect(OutlierDays.places(in: values([2: 1000]), limit: 1) == [2])
    #expect(OutlierDays.places(in: values([27: -1000]), limit: 1) == [27])
  }

  @Test("are never the first two, the last two, or any of 19")
  func edges() {
    for place in [0, 1, 28, 29] {
      #expect(OutlierDays.places(in: values([place: 1000]), limit: 1) == [], "\(place)")
    }
    #expect(OutlierDays.places(in: values([9: 1000], count: 19), limit: 1) == [])
    #expect(OutlierDays.places(in: values([9: 1000], count: 20), limit: 1) == [9])
  }

  @Test("are none where there are more than the limit")
  func limit() {
    let two = values([8: 1000, 20: 1000])
    #expect(OutlierDays.places(in: two, limit: 2) == [8, 20])
    #expect(OutlierDays.places(in: two, limit: 1) == [])
  }

  @Test("are not the days of a new level")
  func level() {
    let step = (0..<40).map { Double($0 % 3) + ($0 >= 20 ? 1000 : 0) }
    #expect(OutlierDays.places(in: step, limit: 5) == [])
  }
}

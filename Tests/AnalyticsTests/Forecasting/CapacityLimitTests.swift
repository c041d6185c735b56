import Analytics
import Testing

@Suite("A capacity limit")
struct CapacityLimitTests {
  private let limit = CapacityLimit([
    .init(from: 10, value: 200), .init(from: .min, value: 100), .init(from: 10, value: 300),
  ])

  @Test("holds from its day on; of two from one day the later written")
  func dated() {
    #expect(limit.value(on: 9) == 100)
    #expect(limit.value(on: 10) == 300)
    #expect(limit.value(on: .max) == 300)
  }

  @Test("is met at it, from its side")
  func met() {
    #expect(limit.isMet(by: 100, on: 9))
    #expect(!limit.isMet(by: 299.9, on: 10))
    let free = CapacityLimit(10, kind: .below)
    #expect(free.isMet(by: 10, on: 0))
    #expect(!free.isMet(by: 10.1, on: 0))
  }

  @Test("has shares, at which to warn")
  func shares() {
    #expect(limit.share(0.8).value(on: 9) == 80)
    #expect(limit.share(0.8).value(on: 20) == 240)
  }

  @Test("before its first day is what it is then")
  func early() {
    #expect(CapacityLimit([.init(from: 5, value: 7)]).value(on: 0) == 7)
  }
}

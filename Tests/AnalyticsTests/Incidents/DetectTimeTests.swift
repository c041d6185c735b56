import Analytics
import Model
import Testing

@Suite("The time to detect")
struct DetectTimeTests {
  private let hour = span(0, 3600)

  @Test("is that of the incidents that tell it: 60 and 180 s have the mean 120")
  func worked() {
    let found = DetectTime(
      of: [
        incident("a", 0, 600, detected: 60), incident("b", 600, nil, detected: 780),
        incident("c", 700, 800), incident("d", 4000, 5000, detected: 4001),
        incident("e", 800, 900, .none, detected: 850),
      ], in: hour, now: Instant(seconds: 9000))
    let known = found.known
    #expect(known?.count == 2 && known?.mean == 120 && known?.longest == .seconds(180))
    #expect(found.unknown == 1)
  }

  @Test("does not know what happened later")
  func now() {
    let found = DetectTime(
      of: [incident("a", 0, nil, detected: 900)], in: hour, now: Instant(seconds: 600))
    #expect(found.known == nil && found.unknown == 1)
  }
}

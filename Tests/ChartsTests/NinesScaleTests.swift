import Testing

@testable import Charts

@Suite("A scale of nines")
struct NinesScaleTests {
  private func scale(_ least: Double, _ most: Double, height: Double = 180) -> NinesScale {
    NinesScale(least: least, most: most, top: 10, bottom: 10 + height)
  }

  @Test("gives every further nine the same room")
  func evenNines() {
    let scale = scale(0.0001, 0.1)
    // Three nines over 180 px: 60 px each.
    for (short, y) in [(0.0001, 10.0), (0.001, 70), (0.01, 130), (0.1, 190)] {
      #expect(abs(scale.y(short) - y) < 1e-9)
    }
  }

  @Test("keeps what lies beyond on its edges, and no nine at all on the upper one")
  func edges() {
    let scale = scale(0.0001, 0.1)
    #expect(scale.y(0) == 10 && scale.y(1e-9) == 10 && scale.y(0.9) == 190)
    #expect(self.scale(0.01, 0.01).y(0.01) == 10)
  }

  @Test("names whole nines first, at least 16 px apart and 14 px from the limit")
  func ticks() {
    // 60 px a nine: from 99 to 99.5 % are 60 × log10(2) = 18 px, on to 99.9 % 42 px; 98 is 18 px below 99.
    #expect(
      scale(0.0001, 0.1).ticks(besides: 0.001).map(\.label) == [
        "90\u{A0}%", "95\u{A0}%", "98\u{A0}%", "99\u{A0}%", "99.5\u{A0}%", "99.95\u{A0}%",
        "99.99\u{A0}%",
      ])
    // 40 px a nine: 12 px between 99 and 99.5 %, so that only every whole nine and what is between is named.
    #expect(
      scale(0.0001, 0.1, height: 120).ticks(besides: 0.0004).map(\.label) == [
        "90\u{A0}%", "99\u{A0}%", "99.9\u{A0}%", "99.99\u{A0}%",
      ])
    for height in stride(from: 20.0, through: 400, by: 7) {
      let scale = scale(0.00001, 0.3, height: height)
      let places = scale.ticks(besides: 0.001).map { scale.y($0.short) }
      #expect(zip(places, places.dropFirst()).allSatisfy { $0 - $1 >= 16 })
      #expect(places.allSatisfy { abs($0 - scale.y(0.001)) >= 14 })
    }
  }
}

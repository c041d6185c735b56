@testable import Analytics
import Testing

@Suite("A number of twice the digits")
struct DoubleDoubleTests {
  @Test("keeps what a double loses: (1e16 + 1) - 1e16 is 1")
  func sums() {
    let sum = DoubleDouble(1e16) + DoubleDouble(1) - DoubleDouble(1e16)
    #expect(sum.value == 1)
  }

  // (1 + 2⁻⁵²)² = 1 + 2⁻⁵¹ + 2⁻¹⁰⁴, whose last part no double beside 1 holds.
  @Test("multiplies, divides and takes roots to its last digits")
  func products() {
    let near = DoubleDouble(1 + .ulpOfOne)
    let rest = near * near - DoubleDouble(1) - DoubleDouble(2 * .ulpOfOne)
    #expect(rest.value == .ulpOfOne * .ulpOfOne)
    let third = DoubleDouble(1) / DoubleDouble(3)
    #expect(abs((third * DoubleDouble(3) - DoubleDouble(1)).value) < 1e-31)
    let root = DoubleDouble(2).squareRoot
    #expect(abs((root * root - DoubleDouble(2)).value) < 1e-31)
    #expect(DoubleDouble(0).squareRoot.value == 0)
  }
}

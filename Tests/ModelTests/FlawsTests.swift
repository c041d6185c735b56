import Model
import Testing

@Suite("Flaws")
struct FlawsTests {
  @Test("add up, and stop at the end of the range")
  func addUp() {
    var cell = Cell(minute: 0)
    (cell.count, cell.rejects, cell.duplicates, cell.disordered, cell.stale) = (9, 1, 2, 3, 4)
    // What a cell sees of falls alone says nothing of restarts.
    cell.resets = 5
    var flaws = Flaws()
    flaws.add(cell)
    flaws.add(cell)
    #expect(flaws.accepted == 18)
    #expect(flaws.count == 20)
    #expect(flaws.resets == 0)
    flaws.rejected = .max
    flaws.add(cell)
    #expect(flaws.rejected == .max)
    #expect(flaws.count == .max)
  }
}

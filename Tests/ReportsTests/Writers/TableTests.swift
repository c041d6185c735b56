import Testing

@testable import Reports

@Suite("Tables of text")
struct TableTests {
  @Test("columns line up, numbers to the right")
  func linesUp() {
    let rows = [["a", "1"], ["long", "1000"]]
    #expect(
      Table.markdown(head: ["N", "C"], rows: rows, right: [1]) == [
        "| N    |    C |", "| ---- | ---: |", "| a    |    1 |", "| long | 1000 |",
      ])
    #expect(
      Table.plain(head: ["N", "C"], rows: rows, right: [1])
        == ["N        C", "a        1", "long  1000"])
  }

  @Test("the last column is as long as it is, a table without rows has its head")
  func ends() {
    #expect(
      Table.plain(head: ["N", "T"], rows: [["a", "long"]], right: []) == ["N  T", "a  long"])
    #expect(Table.plain(head: ["N"], rows: [], right: []) == ["N"])
    #expect(Table.padded("long", to: 2) == "long" && Table.padded("a", to: 3, right: true) == "  a")
  }
}

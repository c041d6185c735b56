import Model
import Testing

@testable import Analytics

@Suite("Series that begin and end")
struct SeriesLivesTests {
  // What was joined to cells of five minutes knows no readings inside of them, and invents no end and no birth.
  @Test("judges longer cells as it judges minutes")
  func joined() throws {
    let minutes = [
      counter(["instance": "a", "code": "ok"], rising(60, by: 10) + rising(60, by: 10)),
      counter(
        ["instance": "a", "code": "failed"],
        [7, 8].withMissing(20, until: 60) + rising(60, by: 0, from: 1, missing: 0)),
    ]
    let joined = minutes.map { series in
      var cells: [Cell] = []
      for cell in series.cells {
        if let last = cells.last, cell.minute / 5 == last.minute / 5 {
          cells[cells.count - 1].append(cell)
        } else {
          var first = cell
          first.minute = cell.minute / 5 * 5
          cells.append(first)
        }
      }
      return Series(id: series.id, kind: series.kind, cells: cells)
    }
    let (fine, coarse) = (try measuredByCode(minutes), try measuredByCode(joined))
    #expect(counts(fine) == counts(coarse))
    #expect(fine.lives.births == coarse.lives.births)
    #expect(fine.lives.ends.allSatisfy { !$0.reason.isDoubt })
    #expect(coarse.lives.ends.allSatisfy { !$0.reason.isDoubt })
  }

  private func lives(_ series: [Series], _ setting: SeriesLives.Setting) throws -> SeriesLives {
    SeriesLives(
      good: Array(series.prefix(1)), total: series, starts: CounterStarts(),
      target: try percent(99),
      setting: setting)
  }

  @Test("a series that was read before does not begin, whatever it counts")
  func older() throws {
    let failed = counter(["code": "failed"], [5000].withMissing(20, until: 30))
    let series = [counter(["code": "ok"], rising(30, by: 10)), failed]
    #expect(try lives(series, SeriesLives.Setting()).births.map(\.counting) == [.implausible])
    #expect(try lives(series, SeriesLives.Setting(older: [failed.id])).births.isEmpty)
  }

  // Failed is read up to minute 19; judged from minute 30 on, there never was one.
  @Test("what ended before the span that is judged is no end")
  func since() throws {
    let series = [
      counter(["code": "ok"], rising(60, by: 10)), counter(["code": "failed"], rising(20, by: 1)),
    ]
    #expect(try lives(series, SeriesLives.Setting()).ends.map(\.reason) == [.badSeries])
    let since = SeriesLives.Setting(since: Instant(seconds: 30 * 60))
    #expect(try lives(series, since).ends.isEmpty)
  }
}

import Definitions
import Model
import Testing

@Suite("Capacity in a configuration")
struct CapacityTests {
  private func text(_ item: String) -> String {
    """
    sources:
      m: { files: x }
      db: { postgres: "service=prod" }
    services:
      shop:
        owner: web
        capacity:
          disk: { \(item) }
        slos:
          o: { objective: 9%, window: 7d, availability: { source: m, up: u } }
    """
  }

  private func item(_ text: String) throws -> CapacityItem {
    try #require(try read(self.text(text)).capacity.first)
  }

  private func problems(_ text: String) -> [Problem] {
    do throws(DefinitionError) {
      _ = try DefinitionReader.read(Array(self.text(text).utf8), environment: [:])
      return []
    } catch {
      return error.findings.map(\.problem)
    }
  }

  @Test("is a gauge with a constant limit, warned of at 80 % and 90 %")
  func gauge() throws {
    let item = try item(
      "source: m, value: 'used{disk=\"a\"}', limit: 500GiB, lead_time: 14d, daily: mean, by: [disk], title: Disk"
    )
    #expect(item.fullName == "shop/disk" && item.title == "Disk" && item.owner == "web")
    #expect(item.unit == "bytes" && item.daily == .mean && item.by == ["disk"])
    #expect(item.leadTime == .days(14))
    let limit = try #require(item.limit)
    #expect(limit.bound == .dated([.init(from: nil, value: 536_870_912_000)]))
    #expect(limit.side == .rising)
    #expect(limit.warning == .share(800_000_000) && limit.critical == .share(900_000_000))
  }

  @Test("is a query of `at, value`, without a limit")
  func query() throws {
    let configuration = try read(text("source: db, query: q.sql, unit: rows"))
    let item = try #require(configuration.capacity.first)
    #expect(item.limit == nil && item.unit == "rows" && item.daily == .worst)
    #expect(configuration.queries.map(\.shape) == [.levels])
    #expect(item.value == .rows(of: configuration.queries[0].feed))
  }

  @Test("has dated limits, a measured one, or a floor")
  func limits() throws {
    let dated = try item(
      "source: m, value: v, limit: [{ value: 500 }, { from: 2026-09-01, value: 1.5e3 }], warning: 70%"
    )
    #expect(
      dated.limit?.bound
        == .dated([
          .init(from: nil, value: 500),
          .init(from: CivilDate(year: 2026, month: 9, day: 1), value: 1500),
        ]))
    #expect(dated.limit?.warning == .share(700_000_000) && dated.unit == nil)
    let measured = try item("source: m, value: v, limit: { value: size }")
    #expect(measured.limit?.bound == .measured(Selector(source: "m", name: "size")))
    #expect(measured.selectors.map(\.name) == ["v", "size"])
    let floor = try item("source: m, value: free, limit: { below: 10GB }, warning: 20GB")
    #expect(floor.limit?.side == .falling)
    #expect(floor.limit?.bound == .dated([.init(from: nil, value: 1e10)]))
    #expect(floor.limit?.warning == .value(2e10) && floor.limit?.critical == nil)
    #expect(try item("source: m, value: free, limit: { below: 0 }").limit != nil)
  }

  @Test(
    "is refused with its mistake",
    arguments: [
      ("source: m, value: v, limit: 5 apples", .badSize("5 apples")),
      ("source: m, value: v, limit: 0", .outOfRange("0", .positive)),
      ("source: m, value: v, limit: -5", .outOfRange("-5", .positive)),
      ("source: m, value: v, limit: 5, warning: 95%", .outOfRange("95%", .warningBeforeCritical)),
      (
        "source: m, value: v, limit: { below: 5 }, warning: 6, critical: 7",
        .outOfRange("6", .warningBeforeCritical)
      ),
      ("source: m, value: v, limit: [{ value: 5 }, { value: 6 }]", .missingKey("from")),
      (
        "source: m, value: v, limit: [{ from: 2026-09-01, value: 5 }, { from: 2026-08-01, value: 6 }]",
        .outOfRange("2026-08-01", .inOrder)
      ),
      ("source: m, value: v, warning: 70%", .missingKey("limit")),
      (
        "source: m, value: v, limit: 5, daily: fortnight",
        .badChoice("fortnight", choices: ["worst", "mean", "last"], nearest: nil)
      ),
      ("source: m, limit: 5", .missingOneOf(["value", "where"])),
      ("source: m, value: v, query: q", .conflictingKeys(["query", "value"])),
    ] as [(String, Problem)])
  func refused(text: String, problem: Problem) {
    #expect(problems(text).contains(problem), "\(problems(text))")
  }

  @Test("a service may have nothing else")
  func alone() throws {
    let configuration = try read(
      """
      sources: { m: { files: x } }
      services:
        disks: { capacity: { a: { source: m, value: v } } }
        shop: { slos: { o: { objective: 9%, window: 7d, availability: { source: m, up: u } } } }
      """)
    #expect(configuration.capacity.map(\.fullName) == ["disks/a"])
  }
}

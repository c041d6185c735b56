import Testing

@testable import Definitions

@Suite("The pattern that tells instances apart")
struct PatternHintTests {
  @Test(
    "names what several files share, or the folder",
    arguments: [
      (
        "m/*.prom",
        ["m/web1-20261012T000000Z.prom", "m/web1-20261012T001000Z.prom", "m/web2-x.prom"],
        "m/{instance}-*.prom"
      ),
      ("*.csv", ["web_1.csv", "web_2.csv", "db_1.csv"], "{instance}_*.csv"),
      ("*.csv", ["a.csv", "b.csv"], "{instance}.csv"),
      ("*/web*.om", ["staging/web1.om", "prod/web1.om"], "{instance}/web*.om"),
      ("/data/*/x", ["/data/a/x", "/data/b/x"], "/data/{instance}/x"),
      ("data/*", ["data/a/1.om", "data/b/1.om"], "data/{instance}"),
      ("m/*.prom", ["m/one.prom"], nil), ("m", ["m/a.prom", "m/b.prom"], nil),
      ("*.prom", [], nil),
    ] as [(String, [String], String?)])
  func named(pattern: String, paths: [String], expected: String?) {
    #expect(PatternHint.naming(pattern, paths: paths) == expected)
  }
}

import Model
import Testing

@Suite("Where data come from")
struct OriginTests {
  @Test(
    "names in braces are parts of a pattern; what is escaped or between brackets is meant literally"
  )
  func pieces() throws {
    #expect(
      try PathPattern("m/{instance}-*.prom").pieces == [
        .glob("m/"), .name("instance"), .glob("-*.prom"),
      ])
    let two = try PathPattern("{env}/{_i2}.csv")
    #expect(two.names == ["env", "_i2"])
    #expect(two.glob == "?*/?*.csv")
    #expect(try PathPattern(#"a\{b}[{]c}[]{]"#).pieces == [.glob(#"a\{b}[{]c}[]{]"#)])
    #expect(try PathPattern("").pieces.isEmpty)
  }

  @Test(
    "what cannot be read of a pattern is told",
    arguments: [
      ("m/{instance-*.prom", .unclosedBrace), ("{}.prom", .label(.malformed(""))),
      ("{1a}", .label(.malformed("1a"))), ("{a-b}", .label(.malformed("a-b"))),
      ("{le}", .label(.reserved("le"))), ("{__name__}", .label(.reserved("__name__"))),
      ("{column}", .label(.reserved("column"))), ("{a}/{a}.prom", .repeatedName("a")),
    ] as [(String, PathPattern.Failure)])
  func failures(text: String, failure: PathPattern.Failure) {
    #expect(throws: failure) { try PathPattern(text) }
  }

  @Test("a declared label wins, and the series' own becomes exported_NAME, again if that is taken")
  func declaredWins() {
    let series = SeriesID(
      source: "m", name: "x",
      labels: [Label("code", "200"), Label("env", "old"), Label("exported_env", "older")])
    #expect(
      series.declaring([Label("env", "prod"), Label("instance", "web1")]).text
        == #"x{code="200",env="prod",exported_env="older",exported_exported_env="old",instance="web1"}"#
    )
    #expect(series.declaring([]) == series)
  }

  @Test("another declaration is another feed; a folder before the first name is none of it")
  func feeds() {
    func feed(_ pattern: String, _ labels: [Label] = []) -> String {
      Feed.files(of: "m", Origin(pattern: pattern, labels: labels))
    }
    #expect(feed("m/*.prom") == "m")
    let named = feed("m/{instance}-*.prom")
    #expect(named != "m")
    #expect(Feed.text(of: named) == "m")
    #expect(Feed.isFiles(feed("m/{env}/x")) && !Feed.isQuery(feed("m/{env}/x")))
    #expect(feed("moved/there/{instance}-*.prom") == named)
    #expect(feed("m/*-{instance}.prom") != named)
    let (env, zone) = (Label("env", "prod"), Label("zone", "a"))
    #expect(feed("m/{instance}-*.prom", [env]) != named)
    #expect(feed("x", [env, zone]) == feed("y", [zone, env]))
    #expect(feed("x", [env]) != feed("x", [Label("env", "staging")]))
  }
}

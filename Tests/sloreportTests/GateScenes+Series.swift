extension GateScene {
  private static func readings(_ all: [Workspace.Readings], step: Int = 600)
    -> @Sendable (
      Workspace
    ) throws -> Void
  {
    let text = Workspace.text(step: step, all)
    return { try $0.scene(["a.prom": text]) }
  }

  private static func instances(
    _ count: Int, _ value: (Int) -> (String) -> ((Int) -> Int?)
  ) -> [Workspace.Readings] {
    (0..<count).flatMap { instance in
      ["ok", "failed"].map { code in
        (
          "orders_total{instance=\"w\(instance)\",job=\"shop\",code=\"\(code)\"}",
          value(instance)(code)
        )
      }
    }
  }

  /// An instance that counts ten good orders a reading from a base, and one bad one in fifty.
  private static func worker(_ base: Int) -> [Workspace.Readings] {
    [
      ("orders_total{code=\"ok\"}", { base + 10 * $0 }),
      ("orders_total{code=\"failed\"}", { base / 100 + $0 / 50 }),
    ]
  }

  private static func saved(
    _ count: Int, source: String = "files: \"m/*.prom\"", then: String = ":"
  ) -> @Sendable (Workspace) throws -> Void {
    { workspace in
      try workspace.configure(source: source)
      for number in 0..<count {
        try workspace.write(
          Workspace.text(shift: number * 600 / count, worker(100_000 * (number + 1))),
          to: "m/web\(number)-all.prom")
      }
      try workspace.shell(then)
    }
  }

  /// An outage after 100,000 good orders; at one reading in the middle of the week something else was read.
  private static func misread(_ good: @escaping @Sendable (Int) -> Int)
    -> @Sendable (Workspace) throws -> Void
  {
    let outage = Workspace.outage
    return readings([
      (
        outage[0].series,
        { index in
          let value = outage[0].value(index).map { $0 + 100_000 }
          return index == 300 ? value.map(good) : value
        }
      ), outage[1],
    ])
  }

  /// An outage, with good orders that another server has counted.
  private static func failedOver(_ more: @escaping @Sendable (Int) -> Int)
    -> @Sendable (Workspace) throws -> Void
  {
    let outage = Workspace.outage
    return readings([
      (outage[0].series, { index in outage[0].value(index).map { $0 + more(index) } }), outage[1],
    ])
  }

  /// Two workers of which the second fails for six readings and is gone.
  private static func gone(
    _ first: String, _ second: String, base: Int = 50_000, bad: Int = 8,
    more: [Workspace.Readings] = []
  ) -> @Sendable (Workspace) throws -> Void {
    func orders(_ labels: String, _ code: String) -> String {
      "orders_total{\(labels),code=\"\(code)\"}"
    }
    return readings(
      [
        (orders(first, "ok"), { 10 * $0 }), (orders(first, "failed"), { $0 / 50 }),
        (orders(second, "ok"), { $0 > 866 ? nil : base + 10 * $0 }),
        (orders(second, "failed"), { $0 > 866 ? nil : $0 / 50 + bad * max(0, $0 - 860) }),
      ] + more)
  }

  static let series: [GateScene] = [
    GateScene("an outage", 1, readings(Workspace.outage)),
    GateScene(
      "bad orders that vanish from the export while they burn", 3,
      readings([
        ("orders_total{code=\"ok\"}", { 10 * min($0, 860) + 2 * max(0, $0 - 860) }),
        ("orders_total{code=\"failed\"}", { $0 < 866 ? $0 / 50 + 8 * max(0, $0 - 860) : nil }),
      ])),
    GateScene(
      "a failing instance of two that is gone", 3,
      readings(
        instances(2) { instance in
          { code in
            { index in
              if instance == 1, index > 866 { return nil }
              let bad = index / 50 + (instance == 1 ? 8 * max(0, index - 860) : 0)
              return code == "ok" ? 10 * index : bad
            }
          }
        })),
    GateScene(
      "a failing instance of ten that is gone", 3,
      readings(
        instances(10) { instance in
          { code in
            { index in
              if instance == 9, index > 880 { return nil }
              let bad = index / 50 + (instance == 9 ? 10 * max(0, index - 860) : 0)
              return code == "ok" ? 10 * index : bad
            }
          }
        })),
    GateScene(
      "three instances of four that are gone with their traffic", 3,
      readings(
        instances(4) { instance in
          { code in
            { index in
              if instance > 0, index > 900 { return nil }
              return code == "ok" ? 10 * index : index / 50
            }
          }
        })),
    GateScene(
      "5,000 bad orders that are there at once", 3,
      readings([
        ("orders_total{code=\"ok\"}", { 10 * $0 }),
        ("orders_total{code=\"failed\"}", { $0 < 900 ? nil : 5_000 }),
      ])),
    GateScene(
      "bad orders that begin beside living good ones", 1,
      readings([
        ("orders_total{code=\"ok\"}", { 10 * $0 }),
        ("orders_total{code=\"failed\"}", { $0 < 900 ? nil : 8 * ($0 - 899) }),
      ])),
    GateScene("an `up` of 0 for a day", 1) {
      try $0.configure("availability: { source: m, up: up }")
      try $0.write(
        Workspace.text([("up{instance=\"w\"}", { (900..<1044).contains($0) ? 0 : 1 })]),
        to: "m/a.prom")
    },
    GateScene("an `up` that is gone beside one that is there", 3) {
      try $0.configure("availability: { source: m, up: up }")
      try $0.write(
        Workspace.text([
          ("up{instance=\"a\"}", { _ in 1 }),
          ("up{instance=\"b\"}", { $0 < 700 ? 1 : $0 < 703 ? 0 : nil }),
        ]), to: "m/a.prom")
    },
    GateScene("a counter that is one lower at a reading", 3, misread { $0 - 12 }),
    GateScene("a counter that is nothing at a reading", 3, misread { _ in 0 }),
    GateScene("a counter of another process at a reading", 3, misread { $0 * 7 }),
    GateScene(
      "a fail-over to a server that has counted more", 3, failedOver { $0 < 300 ? 0 : 200_000 }),
    GateScene(
      "a last reading of a server that has counted more", 3, failedOver { $0 < 1152 ? 0 : 200_000 }),
    GateScene(
      "starts that move though the counter does not fall", 3,
      readings([
        ("orders_total{code=\"ok\"}", { 100_000 + (Workspace.outage[0].value($0) ?? 0) }),
        Workspace.outage[1],
        ("orders_created{code=\"ok\"}", { Int(Workspace.end) - (1152 - $0) * 600 - 5 }),
      ])),
    GateScene(
      "one bad order less at a reading", 3,
      readings([
        ("orders_total{code=\"ok\"}", { 10 * $0 }),
        ("orders_total{code=\"failed\"}", { 500 + $0 / 50 - ($0 == 960 ? 2 : 0) }),
      ])),
    GateScene(
      "a new instance that fails at its only reading", 3,
      readings(
        Workspace.healthy.map { ($0.series.replacing("{", with: "{instance=\"a\","), $0.value) }
          + [
            ("orders_total{instance=\"b\",code=\"ok\"}", { $0 == 900 ? 20 : nil }),
            ("orders_total{instance=\"b\",code=\"failed\"}", { $0 == 900 ? 400 : nil }),
          ])),
    GateScene(
      "a failing server that is gone, of which the copy has no failures at all", 3,
      readings([
        ("orders_total{replica=\"0\",code=\"ok\"}", { 10 * $0 }),
        ("orders_total{replica=\"1\",code=\"ok\"}", { $0 > 866 ? nil : 10 * $0 }),
        (
          "orders_total{replica=\"1\",code=\"failed\"}",
          { (861...866).contains($0) ? 10 * ($0 - 860) : nil }
        ),
      ])),
    GateScene(
      "a failing server that is gone, named as a copy is", 3,
      gone("job=\"shop\",replica=\"0\"", "job=\"shop\",replica=\"1\"")),
    GateScene(
      "a failing instance that is gone as another job begins", 3,
      gone(
        "instance=\"a\",job=\"shop\"", "instance=\"b\",job=\"shop\"",
        more: [("orders_total{instance=\"c\",job=\"mail\",code=\"ok\"}", { $0 < 867 ? nil : 0 })])),
    GateScene("a failing instance that is gone inside of agreed time, and stays so", 3) {
      try gone("instance=\"a\"", "instance=\"b\"")($0)
      try $0.configure(
        top: "exclusions: [{ from: 2026-10-17T00:00:00Z, to: 2026-10-17T01:00:00Z, reason: move }]")
    },
    GateScene("checks of a failing server that are gone, named as a copy is", 3) {
      try $0.configure("availability: { source: m, up: up }")
      try $0.write(
        Workspace.text([
          ("up{instance=\"a\",replica=\"0\"}", { _ in 1 }),
          ("up{instance=\"a\",replica=\"1\"}", { $0 < 700 ? 1 : $0 < 703 ? 0 : nil }),
        ]), to: "m/a.prom")
    },
    GateScene("a reading of 1995 before the only one of today", 1) {
      try $0.configure()
      try $0.write(
        ["ok", "failed"].map { code in
          let series = "orders_total{code=\"\(code)\"}"
          return "\(series) 1 800000000000\n\(series) 5 \(Workspace.end - 3600)000\n"
        }.joined(), to: "m/a.prom")
    },
    GateScene(
      "bad orders that are there at once at the last reading", 3,
      readings(
        Workspace.healthy.map { ($0.series, $0.value) } + [
          ("orders_total{code=\"lost\"}", { $0 < 1152 ? nil : 5000 })
        ])),
    GateScene("a gauge that is gone while it is too high", 3) {
      try $0.configure("slices: { source: m, value: lag, at_most: 5, every: 10m }")
      try $0.write(
        Workspace.text([
          ("lag{instance=\"a\"}", { _ in 1 }),
          ("lag{instance=\"b\"}", { $0 < 700 ? 1 : $0 < 703 ? 9 : nil }),
        ]), to: "m/a.prom")
    },
    GateScene("two instances saved under two names", 3, saved(2)),
    GateScene("three instances saved under three names", 3, saved(3)),
    GateScene("five instances saved under five names", 3, saved(5)),
    GateScene("the same series of staging and of production", 3) {
      try $0.configure(source: "files: \"m/*/a.prom\"")
      try $0.write(Workspace.text(worker(0)), to: "m/production/a.prom")
      try $0.write(Workspace.text(worker(700_000)), to: "m/staging/a.prom")
    },
    GateScene("files whose instance is declared after the first ones are gone", 3) {
      try saved(2)($0)
      try $0.run("collect", "--as-of", Workspace.asOf)
      try $0.configure(source: "files: \"m/{instance}-*.prom\"")
      try $0.shell("rm m/web1-all.prom")
    },
    // Healthy.
    GateScene(
      "two instances whose names are declared", 0,
      saved(2, source: "files: \"m/{instance}-*.prom\"")),
    GateScene(
      "a restart a day", 0,
      readings([
        ("orders_total{code=\"ok\"}", { 10 * ($0 % 144) }),
        ("orders_total{code=\"failed\"}", { ($0 % 144) / 50 }),
      ])),
    GateScene("a copy that is gone", 0, gone("replica=\"0\"", "replica=\"1\"", base: 0, bad: 0)),
    GateScene(
      "a deployment that replaces every instance", 0,
      readings(
        instances(4) { instance in
          { code in
            { index in
              let (old, start) = (instance < 2, 700 + instance % 2)
              if old ? index > start : index < start { return nil }
              let age = old ? index : index - start
              return code == "ok" ? 10 * age : age / 50
            }
          }
        })),
    GateScene(
      "a missed reading now and then", 0,
      readings([
        ("orders_total{code=\"ok\"}", { $0 % 97 == 5 ? nil : 10 * $0 }),
        ("orders_total{code=\"failed\"}", { $0 % 97 == 5 ? nil : $0 / 50 }),
      ])),
  ]
}

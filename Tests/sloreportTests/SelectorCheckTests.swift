import Foundation
import TestSupport
import Testing

@Suite("Selectors compared with the data")
struct SelectorCheckTests {
  /// Orders with the codes ok and failed, and requests, which nobody asks for; of another source, pages.
  private func workspace(good: String, total: String) throws -> Workspace {
    let workspace = try Workspace(
      configuration: Workspace.configuration
        .replacingOccurrences(of: "'orders_total{code=\"ok\"}'", with: "'\(good)'")
        .replacingOccurrences(of: "total: orders_total", with: "total: '\(total)'")
        .replacingOccurrences(
          of: "snapshots/*.om\" }", with: "snapshots/*.om\" }, edge: { files: \"edge/*.om\" }"),
      snapshot: Workspace.orders(days: 8).replacingOccurrences(
        of: "# EOF",
        with: "# TYPE http_requests counter\nhttp_requests_total 1 1792368000\n# EOF"))
    try workspace.write(
      "# TYPE pages counter\npages_total 1 1792368000\n# EOF\n", to: "edge/pages.om")
    return workspace
  }

  private static let ok = "orders_total{code=\"ok\"}"

  @Test(
    "name what was probably meant, or what there is",
    arguments: [
      (ok, "order_total", 78, "order_total matches nothing; did you mean orders_total?"),
      // Nobody asks for it, so that the history does not hold it: the newest file does.
      (
        ok, "http_request_total", 78,
        "http_request_total matches nothing; did you mean http_requests_total?"
      ),
      (ok, "orders", 78, "orders matches nothing; did you mean orders_total?"),
      (
        ok, "payments", 78,
        "payments matches nothing; the source has http_requests_total and orders_total"
      ),
      (ok, "pages_total", 78, "pages_total matches nothing; the source edge has pages_total"),
      (
        ok, "orders_total{cod=~\"ok|failed\"}", 78,
        "matches nothing: it has no label cod; did you mean code?"
      ),
      (
        ok, "orders_total{job=\"x\"}", 78,
        "orders_total{job=\"x\"} matches nothing: it has no label job, but code"
      ),
      // There may not have been any good event yet.
      (
        "orders_total{code=\"okay\"}", "orders_total", 0,
        "orders_total{code=\"okay\"} matches nothing: code is \"failed\" or \"ok\""
      ),
    ] as [(String, String, Int32, String)])
  func mismatch(good: String, total: String, status: Int32, text: String) throws {
    let workspace = try workspace(good: good, total: total)
    try workspace.run("collect", "--as-of", Workspace.asOf)
    let doctor = try workspace.run("doctor")
    #expect(doctor.status == status, "\(doctor)")
    let sign = status == 0 ? "ok    " : "FAIL  "
    #expect(
      doctor.output.split(separator: "\n").contains {
        $0.hasPrefix(sign + "objective shop/orders  ") && $0.hasSuffix(text)
      }, "\(doctor)")
  }

  @Test("say nothing where all match, and where nothing was collected that nothing was")
  func match() throws {
    let sound = try workspace(good: SelectorCheckTests.ok, total: "orders_total")
    let before = try sound.run("doctor")
    #expect(before.status == 0 && before.output.contains("there is no history"), "\(before)")
    try sound.run("collect", "--as-of", Workspace.asOf)
    let after = try sound.run("doctor")
    #expect(after.status == 0 && !after.output.contains("objective shop"), "\(after)")
    // What is new in the configuration has not been asked for.
    try sound.write(
      Workspace.configuration.replacingOccurrences(
        of: "total: orders_total", with: "total: order_total"),
      to: "sloreport.yaml")
    let changed = try sound.run("doctor")
    #expect(changed.status == 0, "\(changed)")
    #expect(
      changed.output.contains("objective shop/orders  nothing was collected yet for order_total\n"),
      "\(changed)")
  }

  @Test("a source whose only file cannot be read has not been collected")
  func unread() throws {
    let workspace = try Workspace(snapshot: "# TYPE orders counter\norders_total 1\n")
    #expect(try workspace.run("collect", "--as-of", Workspace.asOf).status == 65)
    let doctor = try workspace.run("doctor")
    #expect(
      doctor.status == 0 && doctor.output.contains("nothing was collected yet for orders_total"),
      "\(doctor)")
  }

  @Test("rows and incidents are compared by their labels")
  func rows() throws {
    let workspace = try Workspace(
      configuration: """
        timezone: UTC
        sources: { exports: { files: "rows/*.csv" }, inc: { files: "inc/*.csv" } }
        services:
          shop:
            incidents: { source: inc }
            slos:
              rows: { objective: 99%, window: 7d, ratio: { source: exports, where: { service: shpo } } }
              label: { objective: 99%, window: 7d, ratio: { source: exports, where: { servce: shop } } }
              up: { objective: 99%, window: 7d, availability: { incidents: all, where: { service: apj } } }
        """)
    try workspace.write(
      "bucket,good,total,service\n2026-10-12T00:00:00Z,1,1,shop\n2026-10-12T00:00:00Z,1,1,cart\n",
      to: "rows/a.csv")
    try workspace.write(
      "id,title,severity,started_at,resolved_at,service\nA,a,major,2026-10-12T10:00:00Z,2026-10-12T11:00:00Z,api\n",
      to: "inc/a.csv")
    try workspace.run("collect", "--as-of", Workspace.asOf)
    let doctor = try workspace.run("doctor")
    #expect(doctor.status == 78, "\(doctor)")
    for line in [
      "FAIL  objective shop/rows   exports{service=\"shpo\"} matches nothing: service is \"cart\" or \"shop\"",
      "FAIL  objective shop/label  exports{servce=\"shop\"} matches nothing: it has no label servce; did you mean service?",
      "FAIL  objective shop/up     incidents of shop{service=\"apj\"} matches nothing: service is \"api\"",
    ] {
      #expect(doctor.output.contains(line + "\n"), "\(doctor)")
    }
  }

  @Test("a query is compared by its rows, and may have none")
  func query() async throws {
    try await onThread {
      var scene = try PostgresScene(ownDatabase: true)
      scene.queries["named"] = """
        SELECT date_bin(:step, at, timestamptz '2000-01-01 00:00+00') AS bucket,
          count(*) FILTER (WHERE ok) AS good, count(*) AS total, 'web' AS job
        FROM orders WHERE at >= :from AND at < :to GROUP BY 1 ORDER BY 1

        """
      scene.queries["none"] = """
        SELECT at AS bucket, 1 AS good, 1 AS total FROM orders WHERE at >= :from AND at < :to AND false

        """
      scene.slos["named"] =
        "ratio: { source: warehouse, query: queries/named.sql, where: { job: wep } }"
      scene.slos["none"] = "ratio: { source: warehouse, query: queries/none.sql }"
      #expect(try scene.run("collect").status == 0)
      let doctor = try scene.run(["doctor"], asOf: nil)
      #expect(doctor.status == 78, "\(doctor)")
      #expect(
        doctor.output.contains(
          "FAIL  objective shop/named  warehouse/queries/named.sql{job=\"wep\"} matches nothing: job is \"web\"\n"
        ), "\(doctor)")
      #expect(
        doctor.output.contains(
          "ok    objective shop/none   no rows are known for warehouse/queries/none.sql\n"),
        "\(doctor)")
      #expect(!doctor.output.contains("objective shop/orders"), "\(doctor)")
    }
  }

  /// A histogram with 100 events every five minutes over 8 days, of which each bucket has a share.
  private func durations(_ bounds: [(String, Int)], labels: String = "") -> [String] {
    bounds.flatMap { bound, share in
      (0...2304).map { index in
        "d_bucket{\(labels)le=\"\(bound)\"} \(share * index) \(Workspace.end - Int64(2304 - index) * 300)000"
      }
    }
  }

  private func latency(_ lines: [String]) throws -> Workspace {
    try Workspace(
      configuration: """
        timezone: UTC
        sources: { m: { files: "snapshots/*.prom" } }
        services:
          shop:
            slos:
              fast: { objective: 50%, window: 7d, latency: { source: m, histogram: d, at_most: 300ms } }
        """
    )
    .writing(lines.joined(separator: "\n") + "\n", to: "snapshots/d.prom")
  }

  @Test("a latency bound that no bucket has is named by collect, doctor and the line of check")
  func bounds() throws {
    let between = try latency(durations([("0.25", 90), ("0.5", 95), ("+Inf", 100)]))
    let text =
      "shop/fast: no bucket ends at the bound: events up to 250 ms count as good, the true figure lies between "
      + "the buckets 250 ms and 500 ms\n"
    let collect = try between.run("collect", "--as-of", Workspace.asOf)
    #expect(collect.status == 0 && collect.errors == "sloreport: \(text)", "\(collect)")
    // It was said when the data came.
    #expect(try between.run("collect", "--as-of", Workspace.asOf).errors.isEmpty)
    let doctor = try between.run("doctor")
    #expect(doctor.status == 0, "\(doctor)")
    #expect(
      doctor.output.contains(
        "ok    objective " + text.replacingOccurrences(of: "fast: ", with: "fast  ")), "\(doctor)")
    let check = try between.check()
    // 90 of 100 are good: 10 bad of the 50 that the objective allows leave 80 %.
    #expect(check.status == 0 && check.output.contains("80 % left     90.00 %"), "\(check)")
    #expect(check.output.hasSuffix("   no bucket at 300 ms\n"), "\(check)")
  }

  @Test("histograms of which only some have the bucket are named, too; one with the bound is not")
  func different() throws {
    let whole = durations([("0.3", 90), ("+Inf", 100)], labels: "job=\"a\",")
    let coarse = durations([("0.25", 80), ("+Inf", 100)], labels: "job=\"b\",")
    let mixed = try latency(whole + coarse)
    let collect = try mixed.run("collect", "--as-of", Workspace.asOf)
    #expect(
      collect.errors.contains(
        "histograms have different buckets: events count as good up to 250 ms or up to 300 ms"
      ),
      "\(collect)")
    #expect(try mixed.check().output.contains("   not every histogram has a bucket at 300 ms\n"))
    let sound = try latency(whole)
    #expect(try sound.run("collect", "--as-of", Workspace.asOf).errors.isEmpty)
    #expect(try !sound.run("doctor").output.contains("objective shop"))
    #expect(try !sound.check().output.contains("bucket"))
    // Nothing ends at or under the bound: not known.
    let late = try latency(durations([("1", 90), ("+Inf", 100)]))
    let found = try late.run("collect", "--as-of", Workspace.asOf)
    #expect(
      found.errors.hasPrefix(
        "sloreport: shop/fast: no bucket of a histogram ends at or under the bound (the smallest ends at 1 s)"
      ),
      "\(found)")
  }
}

extension Workspace {
  fileprivate func writing(_ text: String, to path: String) throws -> Workspace {
    try write(text, to: path)
    return self
  }
}

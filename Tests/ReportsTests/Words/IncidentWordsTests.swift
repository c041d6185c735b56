import Model
import Testing

@testable import Reports

@Suite("Incidents in words")
struct IncidentWordsTests {
  @Test(
    "severities have names",
    arguments: [
      (.critical, "critical"), (.major, "major"), (.minor, "minor"), (.none, "no down time"),
    ] as [(Severity, String)])
  func names(severity: Severity, text: String) { #expect(Wording.severity(severity) == text) }

  @Test("a row says what, when, how long, how bad and why")
  func rows() {
    func row(_ incident: IncidentFacts) -> [String] {
      incident.row(asOf: Sample.end, in: .utc).map(Wording.plain)
    }
    #expect(
      row(Sample.incident("INC-1"))
        == ["INC-1", "Mon 12 Oct 00:00", "2 h 14 min", "major", "–"])
    #expect(
      row(
        Sample.incident(
          "INC-2", lasting: nil, severity: .critical, title: "All down",
          services: ["api", "web"], cause: "disk"))
        == [
          "INC-2 All down (api, web)", "Mon 12 Oct 00:00", "still open", "critical", "disk",
        ])
    // What touched nothing but its own service does not name it again.
    #expect(row(Sample.incident("INC-3", services: ["shop"]))[0] == "INC-3")
    #expect(row(Sample.incident("INC-4", lasting: 0))[2] == "0 s")
  }
}

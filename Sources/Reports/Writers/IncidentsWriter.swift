public import Model

/// The answer of `incidents` for a terminal: the first line sums up, then the list, then the times.
public struct IncidentsWriter {
  public let facts: IncidentsFacts
  public let zone: ZoneOffsets

  public init(_ facts: IncidentsFacts, zone: ZoneOffsets) {
    self.facts = facts
    self.zone = zone
  }

  public func text() -> String {
    var lines = [headline]
    if facts.known < 1 {
      lines.append(
        facts.known <= 0
          ? "Incidents of this time are unknown: they were not collected."
          : "Incident data cover \(Wording.coverage(facts.known)) of this time; the figures are for that part."
      )
    }
    if let excluded = facts.excludedSeconds, excluded > 0 {
      lines.append(
        "\(Wording.duration(.seconds(excluded))) of agreed time count neither as up nor as down.")
    }
    if facts.unusable > 0 {
      lines.append(
        "\(Wording.counted(facts.unusable, "row")) could not be used; `sloreport collect` says why. There may have been more incidents."
      )
    }
    for failure in facts.incomplete {
      lines.append(Escape.cleaned("Source \(failure.source): \(failure.reason)").ended)
    }
    if !facts.incidents.isEmpty {
      lines +=
        [""]
        + Table.plain(
          head: ["ID", "STARTED", "LASTED", "SEVERITY", "SERVICE", "CAUSE", "TITLE"], rows: list,
          right: [2])
      lines += [""] + Table.plain(head: head, rows: table, right: Set(1..<head.count))
    }
    return Wording.plain(lines.joined(separator: "\n")) + "\n"
  }

  private var headline: String {
    let all = facts.all
    let span =
      Wording.moments(from: facts.start, to: min(facts.end, facts.asOf), in: zone)
    guard !facts.incidents.isEmpty else {
      return facts.isDoubtful ? "Incidents from \(span):" : "No incidents from \(span)."
    }
    let open = facts.incidents.count { $0.resolved == nil }
    let count = Wording.counted(facts.incidents.count, "incident")
    var text = "\(count) from \(span)\(open > 0 ? ", \(open) still open" : "")."
    if let availability = all.availability {
      text +=
        " Down for \(Wording.duration(.seconds(all.downSeconds))): available \(Wording.share(availability))."
    }
    return text
  }

  private var list: [[String]] {
    facts.incidents.map { incident in
      [
        incident.id, Wording.moment(incident.started, in: zone), incident.lasted(asOf: facts.asOf),
        Wording.severity(incident.severity),
        incident.touched.isEmpty
          ? incident.serviceTitle : incident.touched.joined(separator: ", "),
        incident.cause ?? "–", incident.title,
      ].map { String(Escape.cleaned($0).prefix(60)) }
    }
  }

  private var head: [String] {
    [
      facts.by.rawValue.uppercased(), "STARTED", "DOWN", "MTTR", "MEDIAN", "90 %", "MTTD", "MTTA",
      "MTBF",
    ]
  }

  private var table: [[String]] {
    func seconds(_ value: Double?) -> String {
      value.map { Wording.duration(.seconds($0)) } ?? "–"
    }
    func row(_ name: String, _ figures: IncidentsFacts.SummaryFacts) -> [String] {
      [
        name,
        "\(figures.key == "0" ? figures.withoutDownTime : figures.started)\(figures.open > 0 ? " (\(figures.open) open)" : "")",
        seconds(figures.downSeconds), seconds(figures.restore?.mean),
        seconds(figures.restore?.median), seconds(figures.restore?.p90),
        seconds(figures.detect?.mean), seconds(figures.acknowledge?.mean),
        seconds(figures.between),
      ]
    }
    return facts.groups.map { group in
      let name =
        switch facts.by {
        case .severity:
          Wording.severity(group.key.flatMap { Int64($0) }.flatMap(Severity.init) ?? .none)
        case .service: Escape.cleaned(group.key ?? "")
        case .cause: group.key.map { Escape.cleaned($0) } ?? "unknown"
        }
      return row(String(name.prefix(40)), group)
    } + (facts.groups.count > 1 ? [row("all", facts.all)] : [])
  }
}

import Charts
public import Model
import ReportTemplates

/// The page of all archived reports, and the feed of them.
public struct ReportIndex {
  /// What people call the system.
  let title: String
  let zone: ZoneOffsets
  private let entries: [Entry]

  /// A report as the index shows it: one of a kind and a period that there are.
  struct Entry {
    let kind: ReportKind
    let period: ReportPeriod
    let line: ArchiveLine

    init?(_ line: ArchiveLine) {
      guard let kind = ReportKind(rawValue: line.report.kind),
        let period = ReportPeriod(kind.unit, name: line.report.period)
      else { return nil }
      (self.kind, self.period, self.line) = (kind, period, line)
    }

    var report: ArchivedReport { line.report }

    /// The address of a file of the report with this ending, if it has one.
    func address(_ ending: String) -> String? {
      let name = "\(kind.rawValue).\(ending)"
      return line.files.contains { $0.path == name } ? "\(period.name)/\(name)" : nil
    }

    /// "revision 1", "not closed": what the reader of a first report need not be told.
    var mark: String? {
      switch report.revision {
      case nil: "not closed"
      case 0: nil
      case let number?: "revision \(number)"
      }
    }
  }

  public init(_ lines: [ArchiveLine], title: String, zone: ZoneOffsets) {
    entries = lines.compactMap(Entry.init)
    (self.title, self.zone) = (title, zone)
  }

  public func page() throws(FrameError) -> String {
    let style = Palette.stylesheet + ReportTemplates.style + Self.style
    let head = Markup.tag(
      "section", ["class": "part-head"],
      .tag(
        "header", [:], .tag("p", ["class": "kicker"], "Reliability reports"),
        .tag("h1", [:], .text(title)),
        .tag(
          "p", ["class": "meta"],
          entries.isEmpty ? "There is no report yet." : .link("feed.xml", "Feed of new reports"))))
    let sections = [ReportKind.monthly, .quarterly, .weekly, .daily].map(section)
    return try Frame(template: ReportTemplates.frame).filled(with: [
      "kind": "index", "title": Escape.html("\(title) reliability reports"), "style": style,
      "style-hash": StyleHash.base64(style),
      "sections": ([head] + sections).map(\.html).filter { !$0.isEmpty }.joined(separator: "\n"),
    ])
  }

  private func section(_ kind: ReportKind) -> Markup {
    var latest: [String: Entry] = [:]
    for entry in entries where entry.kind == kind { latest[entry.period.name] = entry }
    if latest.isEmpty { return .empty }
    let rows = latest.values.sorted { $0.period.name > $1.period.name }.map(row)
    let columns = ["Period", "Result", "Made", "Files"].map {
      Markup.tag("th", ["scope": "col"], .text($0))
    }
    return .tag(
      "section", ["class": "part-archive"],
      .tag("h2", [:], .text("\(kind.unit.rawValue.capitalizedFirst)s")),
      .tag(
        "table", [:], .tag("thead", [:], .tag("tr", [:], columns)), .tag("tbody", [:], rows)))
  }

  private func row(_ entry: Entry) -> Markup {
    let tone = Tone(rawValue: entry.report.tone) ?? .unknown
    let days = Wording.days(of: entry.period.window(in: .utc), in: .utc)
    let name = entry.address("html").map { Markup.link($0, entry.period.name) }
    let links = [("html", "Page"), ("pdf", "PDF"), ("md", "Markdown"), ("json", "JSON")]
      .compactMap { ending, label in entry.address(ending).map { Markup.link($0, label) } }
    return .tag(
      "tr", [:],
      .tag(
        "th", ["scope": "row"], name ?? .text(entry.period.name),
        .tag("small", [:], .text(days)),
        entry.mark.map { .tag("small", [:], .text($0)) } ?? .empty),
      .tag(
        "td", ["data-label": "Result"],
        .tag(
          "span", ["class": "state \(tone.rawValue)"],
          PageWriter().icon(tone, id: "of-\(entry.period.name)"),
          .tag("span", [:], .text(entry.report.verdict)))),
      .tag(
        "td", ["data-label": "Made", "class": "short"],
        .text(Wording.dated(entry.report.made, in: zone))),
      .tag("td", ["data-label": "Files"], .tag("span", ["class": "files"], links.joined(" "))))
  }

  /// What the index has and reports have not.
  private static let style = """
    a{color:var(--s1)}\
    .index table{table-layout:fixed}\
    .index th:nth-child(1){width:198px}\
    .index th:nth-child(3){width:154px}\
    .index th:nth-child(4){width:126px}\
    .index .state{white-space:normal;align-items:flex-start}\
    .index .short{font-size:12px}\
    .files a,tbody th a,.meta a{display:inline-block;padding:4px 0;margin-right:8px}
    """
}

extension Markup {
  /// A link to a file beside the page.
  fileprivate static func link(_ address: String, _ text: String) -> Markup {
    .tag("a", ["href": address], .text(text))
  }
}

extension ReportIndex {
  /// The newest reports and revisions as a feed (RFC 4287); `nil` where no period is closed.
  ///
  /// What is rendered again from the same facts is no news. The ids are made of the first line of the archive, of kind,
  /// period and revision.
  public func feed() -> String? {
    var groups: [[Entry]] = []
    for entry in entries where entry.report.revision != nil {
      let index = groups.firstIndex {
        $0[0].period == entry.period && $0[0].report.revision == entry.report.revision
      }
      if let index { groups[index].append(entry) } else { groups.append([entry]) }
    }
    let news = groups.compactMap { group -> (entry: Entry, since: Instant)? in
      guard let last = group.last else { return nil }
      let first = group.first { $0.report.facts == last.report.facts } ?? last
      return (last, first.report.made)
    }.enumerated().sorted { ($0.element.since, $0.offset) > ($1.element.since, $1.offset) }
    guard let begin = entries.first?.report, let newest = news.first?.element.since else {
      return nil
    }
    let base = "\(begin.kind) \(begin.period) \(begin.made) \(begin.facts.hex)"
    let items = news.prefix(100).map { item -> Markup in
      let (entry, since) = item.element
      let revision = entry.report.revision ?? 0
      return .tag(
        "entry", [:],
        .tag(
          "id", [:],
          .text(Self.id("\(base) \(entry.kind.rawValue) \(entry.period.name) \(revision)"))),
        .tag(
          "title", [:],
          .text(Self.xml(entry.report.title + (entry.mark.map { ", \($0)" } ?? "")))),
        .tag("updated", [:], .text(since.description)),
        entry.address("html").map { .tag("link", ["rel": "alternate", "href": $0]) } ?? .empty,
        .tag("summary", [:], .text(Self.xml(entry.report.verdict))))
    }
    let name = Markup.text(Self.xml(title))
    let feed = Markup.tag(
      "feed", ["xmlns": "http://www.w3.org/2005/Atom"],
      [
        .tag("id", [:], .text(Self.id(base))),
        .tag("title", [:], name, " reliability reports"),
        .tag("updated", [:], .text(newest.description)),
        .tag("author", [:], .tag("name", [:], name)),
        .tag("link", ["rel": "self", "href": "feed.xml"]),
        .tag("link", ["rel": "alternate", "href": "index.html"]),
      ] + items)
    return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\(feed.html)\n"
  }

  /// A UUID of version 8 (RFC 9562) made of a text.
  private static func id(_ text: String) -> String {
    var bytes = Array(SHA256(of: Array(text.utf8)).bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = bytes.map { String(UInt16($0) + 256, radix: 16).dropFirst() }
    let parts = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }
    return "urn:uuid:\(parts.joined(separator: "-"))"
  }

  /// Without the two characters that HTML may hold and XML may not.
  private static func xml(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value & ~1 != 0xFFFE }))
  }
}

extension Report {
  /// What an archive notes of the report.
  public func archived(
    revision: Int?, made: Instant, program: String, facts stored: SHA256, inputs: SHA256?
  ) -> ArchivedReport {
    var (tone, verdict) = (Tone.unknown, "")
    for case .verdict(let found, let text, _) in sections.flatMap(\.blocks) {
      (tone, verdict) = (found, text)
    }
    return ArchivedReport(
      kind: facts.kind.rawValue, period: facts.period.name, revision: revision, made: made,
      program: program, title: Escape.cleaned(story.heading), tone: tone.rawValue,
      verdict: Escape.cleaned(verdict), facts: stored, inputs: inputs)
  }
}

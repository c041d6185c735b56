import Foundation
import FoundationXML
import Model
import Testing

@testable import Reports

@Suite("The index of reports")
struct ReportIndexTests {
  private func line(
    _ kind: String, _ period: String, revision: Int? = 0, made: Int64 = 0, facts: UInt8 = 0,
    tone: String = "ok", title: String = "Shop", verdict: String = "All is well.",
    files: [String] = ["html", "json", "md"]
  ) -> ArchiveLine {
    ArchiveLine(
      report: ArchivedReport(
        kind: kind, period: period, revision: revision,
        made: Instant(seconds: 1_792_368_000 + made), program: "sloreport 1.0.0", title: title,
        tone: tone, verdict: verdict, facts: SHA256(of: [facts]), inputs: nil),
      files: files.map { .init(path: "\(kind).\($0)", hash: SHA256(of: [])) }, previous: nil)
  }

  private func page(_ lines: [ArchiveLine], title: String = "Shop") throws -> String {
    try ReportIndex(lines, title: title, zone: .utc).page()
  }

  private func feed(_ lines: [ArchiveLine], title: String = "Shop") throws -> Feed {
    try Feed(try #require(ReportIndex(lines, title: title, zone: .utc).feed()))
  }

  @Test("lists the last line of each period, by kind, newest first")
  func lists() throws {
    let page = try page([
      line("weekly", "2026-W41"), line("weekly", "2026-W42", tone: "bad", verdict: "Overspent."),
      line("monthly", "2026-09", files: ["html", "pdf", "json", "md"]),
      line("weekly", "2026-W41", revision: 1, verdict: "Late data."),
      line("daily", "2026-10-18", revision: nil), line("quarterly", "2026-Q3"),
    ])
    let texts = [
      "<h2>Months</h2>", "2026-09/monthly.html", "2026-09/monthly.pdf", "2026-09/monthly.md",
      "2026-09/monthly.json", "<h2>Quarters</h2>", "2026-Q3/quarterly.html", "<h2>Weeks</h2>",
      "2026-W42/weekly.html", "Overspent.", "2026-W41/weekly.html", "revision 1", "Late data.",
      "<h2>Days</h2>", "2026-10-18/daily.html", "not closed",
    ]
    var rest = page[...]
    for text in texts {
      let place = try #require(rest.firstRange(of: text), "\(text) comes later")
      rest = rest[place.upperBound...]
    }
    #expect(page.components(separatedBy: "2026-W41/weekly.json").count == 2, "once")
    #expect(!page.contains("weekly.pdf"))
    #expect(page.contains("class=\"state bad\"><svg"))
    // Week 42 of 2026 begins on Monday 12 October.
    #expect(page.contains("<small>Mon\u{A0}12 – Sun\u{A0}18\u{A0}October\u{A0}2026</small>"))
  }

  @Test("obeys the rules of report pages")
  func obeys() throws {
    let page = try page([line("weekly", "2026-W42")])
    let style = page.split(separator: "<style>")[1].split(separator: "</style>")[0]
    #expect(page.contains("style-src 'sha256-\(StyleHash.base64(String(style)))'"))
    #expect(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"))
    #expect(try self.page([]).contains("There is no report yet."))
    #expect(ReportIndex([], title: "Shop", zone: .utc).feed() == nil)
  }

  @Test("shows hostile titles and verdicts literally, and no line of an unknown kind or period")
  func escapes() throws {
    let hostile = "<script>alert(1)</script>\"'&\u{202E}\u{0}]]>\u{FFFE}\u{FFFF}"
    let lines = [
      line("weekly", "2026-W42", title: hostile, verdict: hostile),
      line("weekly", "javascript:alert(1)//"), line("weekly", "2026-10"), line("../x", "2026-W41"),
    ]
    let page = try page(lines, title: hostile)
    #expect(!page.contains("<script") && page.contains("&lt;script&gt;alert(1)"))
    #expect(!page.contains("javascript:") && !page.contains("../x") && !page.contains("2026-10/"))
    let feed = try feed(lines, title: hostile)
    let shown = "<script>alert(1)</script>\"'&]]>"
    #expect(feed.texts("entry/summary") == [shown])
    #expect(feed.texts("entry/title") == [shown])
    #expect(feed.texts("title") == ["\(shown) reliability reports"])
  }

  @Test("has a feed of closings and revisions, with ids that stay")
  func feeds() throws {
    let lines = [
      line("weekly", "2026-W41"), line("weekly", "2026-W42", made: 60),
      // The same facts, rendered anew: no news. Then late data.
      line("weekly", "2026-W41", made: 120, title: "Anew"),
      line("weekly", "2026-W41", revision: 1, made: 180, facts: 1),
      line("daily", "2026-10-18", revision: nil, made: 240),
    ]
    let feed = try feed(lines)
    #expect(feed.texts("entry/title") == ["Shop, revision 1", "Shop", "Anew"])
    #expect(
      feed.texts("entry/updated") == [
        "2026-10-19T00:03:00Z", "2026-10-19T00:01:00Z", "2026-10-19T00:00:00Z",
      ])
    #expect(feed.texts("updated") == ["2026-10-19T00:03:00Z"])
    let ids = feed.texts("id") + feed.texts("entry/id")
    #expect(Set(ids).count == 4)
    for id in ids {
      #expect(
        id.wholeMatch(
          of: /urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/)
          != nil, "\(id)")
    }
    let more = try self.feed(lines + [line("weekly", "2026-W43", made: 600)])
    #expect(more.texts("id") == feed.texts("id"))
    #expect(Array(more.texts("entry/id").dropFirst()) == feed.texts("entry/id"))
    let other = try self.feed([line("weekly", "2026-W41", made: 1)])
    #expect(Set(other.texts("entry/id")).isDisjoint(with: ids), "of another system")
  }

  @Test("has a feed with all that RFC 4287 demands, at most a hundred entries long")
  func isAtom() throws {
    let lines = (1...120).map { line("weekly", "2026-W42", revision: $0, made: Int64($0)) }
    let feed = try feed(lines)
    #expect(feed.names.first == "feed" && feed.namespace == "http://www.w3.org/2005/Atom")
    #expect(feed.texts("entry/id").count == 100)
    for name in ["id", "title", "updated", "author/name"] { #expect(feed.texts(name).count == 1) }
    for name in ["title", "updated", "summary"] {
      #expect(feed.texts("entry/\(name)").count == 100)
    }
    #expect(feed.links.prefix(3) == ["feed.xml", "index.html", "2026-W42/weekly.html"])
  }
}

/// A feed as an XML parser sees it.
private final class Feed: NSObject, XMLParserDelegate {
  private var path: [String] = []
  private var found: [(path: String, text: String)] = []
  private(set) var names: [String] = []
  private(set) var links: [String] = []
  private(set) var namespace: String?

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.shouldProcessNamespaces = true
    parser.delegate = self
    try #require(parser.parse(), "\(String(describing: parser.parserError))")
  }

  /// The texts of the elements at a path below the feed.
  func texts(_ path: String) -> [String] {
    found.filter { $0.path == "feed/\(path)" }.map(\.text)
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    path.append(name)
    names.append(name)
    namespace = namespaceURI
    found.append((path.joined(separator: "/"), ""))
    if name == "link", let address = attributes["href"] { links.append(address) }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    let place = path.joined(separator: "/")
    if let last = found.lastIndex(where: { $0.path == place }) { found[last].text += text }
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    path.removeLast()
  }
}

import Foundation
import Glibc
import Synchronization
import TestSupport
import Testing

/// A real Chromium without a window.
private struct Browser {
  /// What a script around a page finds in it.
  struct Finding: Decodable {
    /// The computed background of the verdict.
    let background: String
    /// The names of all elements, in order, but for those inside of drawings: a label that is too long is left out.
    let tags: [String]
    /// The names of what is inside of drawings.
    let drawn: Set<String>
    /// The names of attributes that would run a script.
    let handlers: [String]
    /// Addresses of all links, images and other resources.
    let addresses: [String]
  }

  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Looks into pages, each in a frame.
  func look(at pages: [URL]) throws -> [Finding] {
    let frames = pages.map {
      "<iframe src=\"\($0.absoluteString)\" width=\"900\" height=\"2000\"></iframe>"
    }
    let wrapper = """
      <!doctype html><meta charset="utf-8"><pre id="out"></pre>
      <script>
      function look(frame) {
        const page = frame.contentDocument;
        const all = [...page.querySelectorAll('*')], attributes = all.flatMap(e => [...e.attributes]);
        const verdict = page.querySelector('.verdict');
        return {
          background: verdict ? frame.contentWindow.getComputedStyle(verdict).backgroundColor : '',
          tags: all.filter(e => !e.parentElement?.closest('svg')).map(e => e.tagName),
          drawn: [...new Set([...page.querySelectorAll('svg *')].map(e => e.tagName))],
          handlers: attributes.map(a => a.name).filter(n => n.startsWith('on')),
          addresses: attributes.filter(a => ['src', 'href', 'xlink:href', 'action', 'srcset',
            'data', 'poster', 'background'].includes(a.name)).map(a => a.value),
        };
      }
      window.onload = () => {
        document.getElementById('out').textContent =
          JSON.stringify([...document.querySelectorAll('iframe')].map(look));
      };
      </script>
      \(frames.joined(separator: "\n"))
      """
    let file = try folder.write(Array(wrapper.utf8), to: "wrapper.html")
    let dump = try run("--allow-file-access-from-files --dump-dom 'file://\(file)'")
    let json = try #require(
      dump.firstMatch(of: /<pre id="out">(\[.*?\])<\/pre>/)?.output.1, "\(dump.prefix(300))")
    return try JSONDecoder().decode([Finding].self, from: Data(json.utf8))
  }

  /// Prints a page and returns where the PDF lies.
  func print(_ page: URL) throws -> String {
    let file = folder.file("page.pdf")
    _ = try run("--no-pdf-header-footer --print-to-pdf='\(file)' '\(page.absoluteString)'")
    return file
  }

  private func run(_ arguments: String) throws -> String {
    try tool(
      "timeout -s KILL 900 chromium --headless --no-sandbox --disable-gpu --hide-scrollbars "
        + "--user-data-dir='\(folder.file("profile"))' \(arguments)")
  }

  /// Runs a line of shell that must succeed, and returns what it printed.
  func tool(_ line: String) throws -> String {
    let outcome = try Program("sloreport").shell(
      line, in: URL(fileURLWithPath: folder.path))
    try #require(
      outcome.status == 0,
      "\(line): status \(outcome.status); `make test` installs what is missing. \(outcome.errors)")
    return outcome.output
  }
}

/// Counts the requests that reach a port of this machine.
private final class Listener: Sendable {
  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }

  let port: UInt16
  private let socket: Int32
  private let counter = Counter()

  var requests: Int { counter.value.load(ordering: .sequentiallyConsistent) }

  init() throws {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    try #require(socket >= 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && listen(socket, 16) == 0
          && getsockname(socket, $0, &length) == 0
      }
    }
    try #require(isBound)
    self.socket = socket
    port = UInt16(bigEndian: address.sin_port)
    Thread.detachNewThread { [counter] in
      while case let client = accept(socket, nil, nil), client >= 0 {
        counter.value.add(1, ordering: .sequentiallyConsistent)
        var buffer = [UInt8](repeating: 0, count: 4096)
        _ = read(client, &buffer, buffer.count)
        let answer = Array("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".utf8)
        _ = send(client, answer, answer.count, Int32(MSG_NOSIGNAL))
        close(client)
      }
    }
  }

  deinit {
    shutdown(socket, Int32(SHUT_RDWR))
    close(socket)
  }
}

/// The page's words from outside: with markup in every place that takes free text, or without.
struct Words {
  let list: [String]
  let fileName: String

  static let harmless = Words(
    list: (0..<8).map { "Words \($0)" }, fileName: "damaged.om")

  static func hostile(port: UInt16) -> Words {
    let address = "http://127.0.0.1:\(port)"
    return Words(
      list: [
        "<script src=\"\(address)/1\"></script>{{method}}",
        "\"><img src=\(address)/2 onerror=\"fetch('\(address)/3')\">",
        "</style><style>@import url(\(address)/4);</style>",
        "</title></svg><svg onload=fetch('\(address)/5')><image href='\(address)/6'/>",
        "' onmouseover='fetch(\"\(address)/7\")' style='background:url(\(address)/8)",
        "</small></th></table><iframe src=\"\(address)/9\"></iframe>",
        "<base href=\"\(address)/\"><link rel=stylesheet href=\"/10\"><!--",
        "]]></text><a href=\"javascript:alert(1)\">x</a><form action=\(address)/11>",
      ], fileName: "<img src=x onerror=alert(1)>.om")
  }

  /// Each place in turn, quoted for YAML.
  private func word(_ index: Int) -> String {
    "'" + list[index % list.count].replacingOccurrences(of: "'", with: "''") + "'"
  }

  /// An incident with words in every field, as CSV.
  private func incident(_ number: Int, from: String, to: String) -> String {
    let words = (number..<number + 4).map {
      "\"" + list[$0 % list.count].replacingOccurrences(of: "\"", with: "\"\"") + "\""
    }
    return "\(words[0]),\(words[1]),\(words[2]),major,\(from),\(to),\(words[3])\n"
  }

  /// A report with every part: an overspent objective, one not judged, a policy, a gap, incidents, agreed time, a damaged
  /// file.
  func page() throws -> (workspace: Workspace, url: URL) {
    let configuration = """
      title: \(word(0))
      timezone: UTC
      sources: { metrics: { files: "snapshots/*.om" }, records: { files: "records/*.csv" } }
      exclusions:
        - { from: "2026-10-15T08:00:00Z", to: "2026-10-15T09:00:00Z", reason: \(word(4)), by: \(word(5)) }
      policy:
        name: \(word(1))
        bands: [{ below: 10%, name: \(word(2)), action: \(word(3)), gate: closed }, { name: \(word(4)) }]
      services:
        shop:
          title: \(word(5))
          owner: \(word(6))
          incidents: { source: records }
          slos:
            orders:
              title: \(word(7))
              objective: 99%
              window: 7d
              ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
            risky:
              title: \(word(1))
              objective: 98%
              window: 7d
              ratio: { source: metrics, good: 'orders_total{code="ok"}', total: orders_total }
            absent:
              title: \(word(2))
              objective: 99%
              window: 7d
              ratio: { source: metrics, good: 'orders_total{code="none"}', total: absent_total }
      """
    let workspace = try Workspace(
      configuration: configuration,
      snapshot: Workspace.orders(badEvery: 5, until: Workspace.end - 7200))
    try workspace.write("no metrics\n", to: "snapshots/\(fileName)")
    try workspace.write(
      "id,title,service,severity,started_at,resolved_at,cause\n"
        + incident(0, from: "2026-10-13T08:00:00Z", to: "2026-10-13T10:00:00Z")
        + incident(3, from: "2026-10-16T08:00:00Z", to: ""),
      to: "records/all-20261019T000000Z.csv")
    let weekly = try workspace.weekly()
    try #require(weekly.status == 4, "\(weekly)")
    return (workspace, workspace.folder.appendingPathComponent("reports/2026-W42/weekly.html"))
  }
}

@Suite("The page in a real browser", .serialized)
struct PageTests {
  private static var policy: Regex<Substring> { /<meta http-equiv="Content-Security-Policy"[^>]*>/ }

  /// Writes a changed copy of a page into the browser's folder.
  private func changed(
    _ page: URL, in browser: Browser, _ change: (String) -> String
  ) throws -> URL {
    let text = String(decoding: try Data(contentsOf: page), as: UTF8.self)
    let copy = change(text)
    try #require(copy != text, "nothing was changed")
    return URL(
      fileURLWithPath: try browser.folder.write(Array(copy.utf8), to: "\(UUID().uuidString).html"))
  }

  @Test("prints on four sheets of A4, and on five of Letter if asked", arguments: [false, true])
  func prints(onLetter: Bool) throws {
    let browser = try Browser()
    var page = try Demo.shared.get().report.appendingPathComponent("weekly.html")
    if onLetter {
      let weekly = try Demo.shared.get().run(
        "weekly", "--no-collect", "--letter", "--as-of", Demo.asOf, "--out", browser.folder.path)
      #expect(weekly.status == 0, "\(weekly)")
      page = URL(fileURLWithPath: browser.folder.file("2026-W42/weekly.html"))
    }
    let file = try browser.print(page)
    let information = try browser.tool("pdfinfo '\(file)'")
    let count = try #require(
      information.firstMatch(of: /Pages: +(\d+)\n/).flatMap { Int($0.output.1) }, "\(information)")
    #expect(count == (onLetter ? 5 : 4))
    // 210 mm are 595 points; 8.5 inches are 612.
    let points = try Regex("Page size: +\(onLetter ? "612" : "59[45]")")
    #expect(information.contains(points), "\(information)")
    let first = try browser.tool("pdftotext -layout -l 1 '\(file)' -")
    for text in [
      "Sync duration has overspent its error budget.", "Scoreboard", "Wed 14 Oct 14:05",
      "Page 1 of \(count)",
    ] {
      #expect(first.contains(text), "\(text) in \(first)")
    }
    #expect(!first.contains("Method"))
    let last = try browser.tool("pdftotext -layout -f \(count) '\(file)' -")
    #expect(last.contains("Method") && last.contains("Page \(count) of \(count)"), "\(last)")
    let fonts = try browser.tool("pdffonts '\(file)'").split(separator: "\n").dropFirst(2)
    #expect(!fonts.isEmpty)
    // Outlines, not drawings of letters: text can be searched and read aloud.
    #expect(fonts.allSatisfy { !$0.contains("Type 3") && $0.contains("TrueType") }, "\(fonts)")
  }

  @Test("has its style under its own policy, and nothing else has")
  func appliesStyle() throws {
    let browser = try Browser()
    let page = try Demo.shared.get().report.appendingPathComponent("weekly.html")
    let damaged = try changed(page, in: browser) {
      $0.replacing("<style>", with: "<style>.verdict{background:#f00}")
    }
    let findings = try browser.look(at: [page, damaged])
    try #require(findings.count == 2)
    let transparent = "rgba(0, 0, 0, 0)"
    #expect(![transparent, ""].contains(findings[0].background))
    #expect(findings[1].background == transparent, "the policy refuses a changed style")
  }

  @Test("words from outside stay words: no element, no script, no request")
  func escapes() throws {
    let browser = try Browser()
    let listener = try Listener()
    let (calm, calmPage) = try Words.harmless.page()
    let (wild, wildPage) = try Words.hostile(port: listener.port).page()
    try withExtendedLifetime([calm, wild]) {
      // Escaping alone must hold, without the policy as the second line of defence.
      let unguarded = try changed(wildPage, in: browser) {
        $0.replacing(PageTests.policy, with: "")
      }
      let findings = try browser.look(at: [calmPage, wildPage, unguarded])
      try #require(findings.count == 3)
      let expected = findings[0].tags
      #expect(expected.count > 100)
      #expect(findings[1].tags == expected)
      // The policy is a `meta` element.
      #expect(findings[2].tags.count == expected.count - 1)
      #expect(findings[2].tags.filter { $0 != "META" } == expected.filter { $0 != "META" })
      for finding in findings {
        #expect(finding.drawn.isSubset(of: findings[0].drawn), "\(finding.drawn)")
        #expect(!finding.tags.contains("SCRIPT") && !finding.tags.contains("IMG"))
        #expect(finding.handlers.isEmpty, "\(finding.handlers)")
        #expect(finding.addresses.allSatisfy { $0.hasPrefix("#") }, "\(finding.addresses)")
      }
      #expect(listener.requests == 0)
    }
    // The listener and the browser would have noticed one.
    let bait = try browser.folder.write(
      Array("<img src=\"http://127.0.0.1:\(listener.port)/bait\">".utf8), to: "bait.html")
    _ = try browser.look(at: [URL(fileURLWithPath: bait)])
    #expect(listener.requests == 1)
  }
}

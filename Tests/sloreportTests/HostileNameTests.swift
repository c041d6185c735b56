import Foundation
import Model
import Reports
import TestSupport
import Testing

@testable import sloreport

/// The facts of a week in which everything has a name: all of them can be changed at once.
private struct NamedFacts {
  /// Strings by which the program tells things apart; no one writes them freely.
  private static let fixed: Set = [
    "acknowledged", "aheadAt", "asOf", "at", "dataEnd", "detected", "end", "entered", "exhaustedAt",
    "answer", "changes", "day", "earliest", "kind", "jumps", "latest", "likely", "line", "made",
    "orderBy", "outliers", "since", "method",
    "name",
    "objective", "period", "program", "resolved", "rule",
    "service",
    "start", "started", "state", "unit", "zone", "zoneRelease",
  ]

  private let tree: [String: Any]
  /// Every free text in them, once.
  let names: [String]

  /// The facts of the pack price-jobs, and besides what its week has not: exclusions, failures, notes, a revision.
  init() throws {
    let file = try PriceJobs.shared.get().folder.appendingPathComponent("weekly.json")
    var facts = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    var objectives = try #require(facts["objectives"] as? [[String: Any]])
    let counts = ["good": 9_000, "total": 10_000]
    let span = ["start": "2026-10-13T00:00:00Z", "end": "2026-10-13T06:00:00Z"]
    objectives[0]["excluded"] = [
      "seconds": 21_600, "windowCounts": counts,
      "reasons": [
        ["reason": "Move", "author": "Ada", "late": true, "spans": [span]],
        ["reason": "Backup", "author": "Grace", "late": false, "spans": [span, span]],
      ],
    ]
    facts["words"] = nil  // what the program says of them
    objectives[1]["gaps"] = [span]
    // What is only numbers need not be long.
    for index in objectives.indices {
      let line = objectives[index]["timeline"] as? [Any] ?? []
      objectives[index]["timeline"] = line.enumerated().filter { $0.offset % 8 == 0 }.map(\.element)
    }
    facts["objectives"] = objectives
    facts["incomplete"] = [["source": "database", "reason": "connection refused"]]
    facts["sourceNotes"] = [["source": "files", "text": "two rows were left out"]]
    let name = try #require(objectives[0]["name"])
    facts["revision"] = [
      "number": 1, "changes": [["objective": name, "before": counts, "after": counts]],
    ]
    tree = facts
    var names: Set<String> = []
    NamedFacts.collect(facts, "", &names)
    self.names = names.sorted()
  }

  private static func collect(_ value: Any, _ key: String, _ names: inout Set<String>) {
    if let object = value as? [String: Any] {
      for (key, value) in object
      where isName(object, key) || !(value is String) {
        collect(value, key, &names)
      }
    } else if let list = value as? [Any] {
      // Of fixed keys only lists of objects hold names.
      for value in list where !(value is String) || !fixed.contains(key) {
        collect(value, key, &names)
      }
    } else if let text = value as? String {
      names.insert(text)
    }
  }

  /// The name of a band is free, those of objectives and periods are not; a reason is, but for that of a missing prediction.
  private static func isName(_ object: [String: Any], _ key: String) -> Bool {
    key == "name" && object["gateClosed"] != nil
      || !fixed.contains(key) && !(key == "reason" && object["lacksData"] != nil)
  }

  private static func replaced(_ value: Any, _ key: String, by names: [String: String]) -> Any {
    if let object = value as? [String: Any] {
      var result = object
      for (key, value) in object
      where isName(object, key) || !(value is String) {
        result[key] = replaced(value, key, by: names)
      }
      return result
    }
    if let list = value as? [Any] {
      return list.map { $0 is String && fixed.contains(key) ? $0 : replaced($0, key, by: names) }
    }
    if let text = value as? String { return names[text] ?? text }
    return value
  }

  func renamed(_ rename: (Int) -> String) throws -> ReportFacts {
    let pairs = names.enumerated().map { ($1, rename($0)) }
    let tree = NamedFacts.replaced(tree, "", by: Dictionary(uniqueKeysWithValues: pairs))
    return try FactsCodec.decode(Array(JSONSerialization.data(withJSONObject: tree)))
  }
}

/// Reports of the same facts with different names, in one folder for Tests/tools/check_names.py.
private struct RenamedReports {
  private let folder: TemporaryFolder
  private let facts: NamedFacts

  /// Begins with tame names.
  init() throws {
    folder = try TemporaryFolder()
    facts = try NamedFacts()
    try #require(facts.names.count > 30, "\(facts.names)")
    try add(0, withFiles: true) { "Tame \($0) name" }
  }

  /// Adds a report, with its pictures or without, whose names are made by place.
  func add(_ number: Int, withFiles: Bool, _ name: (Int) -> String) throws {
    let renamed = try facts.renamed(name)
    try folder.write(
      Array(JSONEncoder().encode(facts.names.indices.map(name))), to: "\(number).names.json")
    guard withFiles else {
      let report = Report(renamed, zone: .utc)
      let (page, text) = (try report.page(), report.markdown(withCharts: true))
      try folder.write(Array(page.utf8), to: "\(number).weekly.html")
      try folder.write(Array(text.utf8), to: "\(number).weekly.md")
      return
    }
    let made = try ReportFiles(
      Report(renamed, zone: .utc), paper: .a4, printing: nil)
    #expect(!made.areIncomplete, "\(number)")
    for file in made.files {
      let name = file.path.split(separator: "/").joined(separator: "-")
      try folder.write(file.bytes, to: "\(number).\(name)")
      guard name == "weekly.json" else { continue }
      #expect(try FactsCodec.decode(file.bytes) == renamed, "\(number)")
    }
  }

  /// Adds the tame report with something in it changed.
  func add(_ number: Int, changing old: String, to new: String, in page: String) throws {
    for name in ["names.json", "weekly.html", "weekly.md"] {
      var text = String(decoding: try folder.read("0.\(name)"), as: UTF8.self)
      if name == page {
        try #require(text.contains(old))
        text = text.replacing(old, with: new, maxReplacements: 1)
      }
      try folder.write(Array(text.utf8), to: "\(number).\(name)")
    }
  }

  func findings() throws -> [String] { try PageCheck.run("check_names.py", folder.path) }
}

@Suite("Hostile names", .serialized)
struct HostileNameTests {
  /// A report holds over 30 names, so that each of the 500 is in one report at least, in the long form in each place.
  @Test("in every place change no structure, and are shown as they are")
  func areHarmless() async throws {
    let names = HostileNames.all
    #expect(names.count == 500)
    let findings = try await onThread {
      let reports = try RenamedReports()
      for number in stride(from: 0, to: names.count, by: tries(25, long: 1)) {
        try reports.add(number + 1, withFiles: number % 25 == 0) {
          names[(number + $0) % names.count]
        }
      }
      return try reports.findings()
    }
    #expect(findings.isEmpty, "\(findings.joined(separator: "\n"))")
  }

  @Test("that did change a report would be found")
  func wouldBeFound() throws {
    let changes = [
      ("weekly.html", "Tame 18 name", "<b>Tame 18 name</b>", "<b >"),
      ("weekly.html", "<p class=\"big\"", "<p class=\"big\" onclick=\"x\"", "onclick"),
      ("weekly.html", "</svg>", "<image/></svg>", "drawn besides: ['image']"),
      ("weekly.html", "Tame 30 name", "Tame", "'Tame 30 name', name 30, is shown 0 times"),
      ("weekly.html", "Tame 18 name", "Tame 18 name\u{202E}", "one of direction"),
      ("weekly.html", "</h1>", "<!-- x --></h1>", "comments"),
      ("weekly.md", "Tame 18 name", "[Tame 18 name](x)", "'link_openx'"),
      ("weekly.md", "\n## This week", "\n- x\n\n## This week", "'bullet_list_open'"),
      ("weekly.md", "\n## This week", "\n\n## More\n\n## This week", "'heading_open##'"),
      ("weekly.md", "Tame 18 name", "*Tame* 18 name", "'em_open'"),
      ("weekly.md", "Tame 18 name", "@team Tame 18 name", "make a link of '@team'"),
      ("weekly.md", "Tame 18 name", "www.x.org Tame 18 name", "make a link of"),
    ]
    let reports = try RenamedReports()
    for (index, change) in changes.enumerated() {
      try reports.add(index + 1, changing: change.1, to: change.2, in: change.0)
    }
    let findings = try reports.findings()
    for (index, change) in changes.enumerated() {
      let kind = change.0.split(separator: ".").last ?? ""
      let own = findings.filter { $0.hasPrefix("\(index + 1).\(kind): ") }
      #expect(own.contains { $0.contains(change.3) }, "\(change): \(own)")
    }
  }
}

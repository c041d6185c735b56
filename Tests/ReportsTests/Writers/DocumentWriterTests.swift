import Foundation
import Model
import Testing

@testable import Reports

@Suite("The report as JSON")
struct DocumentWriterTests {
  private func document(_ facts: ReportFacts) throws -> [String: Any] {
    let data = try JSONEncoder().encode(ReportDocument(Report(facts, zone: .utc)))
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  @Test("holds the facts, and under \"words\" what the page says")
  func words() throws {
    let facts = try Hostile.facts("Plain")
    let document = try document(facts)
    let words = try #require(document["words"] as? [String: Any])
    #expect(
      words.keys.sorted()
        == ["detail", "figures", "nextWeek", "notes", "thisWeek", "tiles", "verdict"])
    #expect(words["verdict"] as? String == "Plain has overspent its error budget.")
    #expect((words["tiles"] as? [[String: Any]])?.count == 4)
    let figures = try #require(words["figures"] as? [[String: String]])
    #expect(figures.compactMap { $0["name"] } == Report(facts, zone: .utc).figures.map(\.name))
    #expect(Set(figures.flatMap(\.keys)) == ["name", "heading", "subheading", "description"])
  }

  @Test("the facts come back as they were")
  func facts() throws {
    for name in Hostile.names {
      let facts = try Hostile.facts(name)
      let data = try JSONEncoder().encode(ReportDocument(Report(facts, zone: .utc)))
      #expect(try JSONDecoder().decode(ReportFacts.self, from: data) == facts)
    }
  }

  @Test("nothing judged leaves no number that JSON cannot hold")
  func empty() throws {
    #expect(try document(Sample.facts([]))["words"] != nil)
    let all = try Sample.objective("All", bad: 1000...1000, target: 1_000_000_000)
    #expect(try document(Sample.facts([all]))["words"] != nil)
    let notes = try document(Sample.facts([all]))["words"] as? [String: Any]
    #expect(notes?["notes"] as? [String] == [])
  }
}

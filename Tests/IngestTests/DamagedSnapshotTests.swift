import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

/// A small file of each format, cut everywhere and with other bytes in it.
@Suite("A damaged snapshot")
struct DamagedSnapshotTests {
  /// How a format tells that something is amiss.
  enum Check: Equatable {
    /// Not at all: a cut between two lines, another digit.
    case none
    /// It has an end, without which it is not whole.
    case end
    /// It has a checksum, too.
    case sum
  }

  struct Fixture: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let check: Check
    let bytes: [UInt8]
    let outcome: @Sendable ([UInt8], _ portion: Int, Folder) -> Outcome

    init(_ name: String, _ form: SnapshotForm, _ check: Check = .none, _ bytes: [UInt8]) {
      (testDescription, self.check, self.bytes) = (name, check, bytes)
      outcome = { form.outcome(of: $0, portion: $1, in: $2) }
    }

    /// A file of a block; with checksums that are made right again, what they stand for is read as it is.
    init(_ file: BlockImage.File, version: UInt8, isRepaired: Bool = false) {
      let image = BlockBuilder.small(version: version).image
      testDescription = "\(file.path) of version \(version)" + (isRepaired ? ", repaired" : "")
      check = isRepaired ? .none : file == .meta ? .end : .sum
      bytes = image.files[file] ?? []
      outcome = { bytes, portion, folder in
        var image = image
        image.files[file] = bytes
        if isRepaired { image = image.repaired }
        return SnapshotForm.block.outcome(of: image.archive, portion: portion, in: folder)
      }
    }

    init(_ name: String, _ form: SnapshotForm, _ check: Check = .none, text: String) {
      self.init(name, form, check, Array(text.utf8))
    }
  }

  static let prometheus = """
    # TYPE a counter
    a{x="é\\n",y="2"} 1.5e3 1795226173000
    a 2 1795226174000
    a 3 1795226175000

    """

  static let fixtures: [Fixture] =
    [
      Fixture("Prometheus text", .prometheusText, text: prometheus),
      Fixture(
        "OpenMetrics", .openMetrics, .end,
        text: """
          # TYPE a histogram
          # HELP a x
          a_bucket{le="1"} 1 1795226173.5 # {t="é"} 0.5 1
          a_bucket{le="+Inf"} 2 1795226173.5
          # TYPE b gauge
          {"b"} 4 1795226173
          # EOF

          """),
      Fixture(
        "a matrix with native histograms", .apiAnswers, .end,
        text:
          #"{"data":{"resultType":"matrix","result":[{"metric":{"__name__":"a","x":"\u00e9\"é"},"values":[[1795226173.5,"1"],[1795226174,"NaN"]],"histograms":[[1795226173,{"count":"3","sum":"0.5","buckets":[[3,"-1","1","1"],[0,"1","+Inf","2"]]}]]},{"metric":{"y":"2"},"values":[[1795226173,"1e-3"]]}]},"infos":[{"a":[1.5e3,null]}]}"#
      ),
      Fixture(
        "a vector, wrapped", .apiAnswers, .end,
        text:
          #"{"status":"success","data":{"data":{"result":[{"value":[1795226173,"1"],"metric":{"__name__":"b"}}],"resultType":"vector"}}}"#
      ),
      Fixture(
        "a table of ratios", .csv,
        text:
          "bucket,good,total,\"n,\"\"é\"\n2026-10-18T06:00:00Z,9,10,\"x\ny\"\n1792303260,1,2,z\n"),
      Fixture(
        "a table of bounds", .csv,
        text: "bucket,le,count,x\n1792303260,0.5,3,y\n1792303260,+Inf,4,y\n1792303320,1e0,2,y\n"),
      Fixture(
        "a table of states", .csv,
        text: "at,up,note\n1792303260,yes,x\n1792303320,0,\n2026-10-18T06:03:00+02:00,down,z\n"),
      Fixture(
        "a wide table", .csv,
        text: "time;a;\"b{x=\"\"é\"\"}\";c\n1792303260.5;1;;n\n1792303261;NaN;-2e3;\"\"\n"),
      Fixture(
        "a long table", .csv,
        text:
          "series,timestamp,value,x\na,2026-10-18T06:00:00Z,1,\nb,2026-10-18T06:00:00Z,,y\n"),
      Fixture(
        "a declared table", .declaredTable,
        text: "Zeit;metric;Wert\n18.10.2026 08:00:30;a;1\n18.10.2026 08:01:30;\"b\";2.5\n"),
      Fixture(
        "incidents", .incidents,
        text: #"""
          id,title,started_at,resolved_at,severity,service
          1,"x, ""y""",2026-10-18T06:00:00Z,2026-10-18T07:00:00Z,major,shop;pay
          2,é,1792303260,infinity,,

          """#),
    ]
    + [UInt8(1), 2].flatMap { version in
      BlockImage.File.allCases.map { Fixture($0, version: version) }
        + [BlockImage.File.index, .chunks, .tombstones].map {
          Fixture($0, version: version, isRepaired: true)
        }
    }

  private static func gzip(_ folder: Folder) throws -> Fixture {
    Fixture("gzip", .gzip, .sum, try folder.gzip(Array(prometheus.utf8)))
  }

  /// Ends the program when the work hangs.
  private func watched(_ name: String, _ work: () throws -> Void) rethrows {
    try HangLimit.watch(work) { fatalError("\(name) is still being read") }
  }

  private static func isRead(_ outcome: Outcome) -> Bool {
    if case .read = outcome { true } else { false }
  }

  private static func isWrong(_ outcome: Outcome) -> Bool {
    if case .wrong = outcome { true } else { false }
  }

  @Test("is refused with a position, or read, wherever it is cut", arguments: fixtures)
  func everyCut(fixture: Fixture) async throws {
    try await onThread { try cut(fixture) }
  }

  @Test("is refused with a position, or read, whichever bytes are others", arguments: fixtures)
  func manyFlips(fixture: Fixture) async throws {
    try await onThread { try flip(fixture) }
  }

  @Test("in gzip is refused wherever it is cut, and read as it was or not at all with other bytes")
  func compressed() async throws {
    try await onThread {
      let fixture = try Self.gzip(Folder())
      try cut(fixture)
      try flip(fixture)
    }
  }

  private func cut(_ fixture: Fixture) throws {
    let folder = try Folder()
    let whole = fixture.outcome(fixture.bytes, .max, folder)
    #expect(Self.isRead(whole), "\(whole)")
    watched(fixture.testDescription) {
      for length in stride(from: 0, to: fixture.bytes.count, by: tries(3, long: 1)) {
        let outcome = fixture.outcome(Array(fixture.bytes[..<length]), 1 + length % 61, folder)
        #expect(!Self.isWrong(outcome), "\(length): \(outcome)")
        // A missing line end at the very end is none.
        let isWhole = length == fixture.bytes.count - 1 && fixture.bytes.last == 10
        if fixture.check != .none, !isWhole {
          #expect(!Self.isRead(outcome), "\(length): \(outcome)")
        }
      }
    }
  }

  private func flip(_ fixture: Fixture) throws {
    let folder = try Folder()
    let whole = fixture.outcome(fixture.bytes, .max, folder)
    var generator = SeededGenerator(seed: 99)
    var refused = 0
    let rounds = tries(50, long: 2000)
    watched(fixture.testDescription) {
      for round in 0..<rounds {
        var bytes = fixture.bytes
        for _ in 0...Int.random(in: 0..<3, using: &generator) {
          let place = Int.random(in: bytes.indices, using: &generator)
          bytes[place] = UInt8.random(in: 0...255, using: &generator)
        }
        // Many pieces make two threads work, which takes its time.
        let portion = round % 4 > 0 ? Int.max : Int.random(in: 1...64, using: &generator)
        let outcome = fixture.outcome(bytes, portion, folder)
        #expect(!Self.isWrong(outcome), "\(bytes): \(outcome)")
        if fixture.check == .sum, Self.isRead(outcome) { #expect(outcome == whole, "\(bytes)") }
        if !Self.isRead(outcome) { refused += 1 }
      }
    }
    #expect(refused > rounds / 10)
  }

  /// What fuzzing once found lies among the seeds.
  @Test("of those that fuzzing starts from is read or refused, and in portions just so")
  func seeds() async throws {
    try await onThread {
      let seeds = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../Fuzz/seeds").standardizedFileURL
      let folder = try Folder()
      for form in SnapshotForm.allCases {
        let files = try FileManager.default.contentsOfDirectory(
          at: seeds.appendingPathComponent(form.rawValue), includingPropertiesForKeys: nil)
        #expect(!files.isEmpty, "\(form)")
        for file in files {
          watched(file.path) {
            var bytes = Array((try? Data(contentsOf: file)) ?? Data())
            if form == .block { bytes = BlockImage(archive: bytes).repaired.archive }
            let outcome = form.outcome(of: bytes, in: folder)
            #expect(!Self.isWrong(outcome), "\(file.path): \(outcome)")
            #expect(form.outcome(of: bytes, portion: 7, in: folder) == outcome, "\(file.path)")
          }
        }
      }
    }
  }
}

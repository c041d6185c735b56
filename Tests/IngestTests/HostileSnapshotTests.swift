import Foundation
import Model
import TestSupport
import Testing

@testable import Ingest

/// Files that are small and ask for much.
@Suite("A hostile snapshot")
struct HostileSnapshotTests {
  private static let names = ["a", "h_bucket", "h_sum", "h_count"]

  private static func refusal(_ builder: BlockBuilder) throws -> BlockFault? {
    try refusal(builder.image)
  }

  private static func refusal(_ image: BlockImage) throws -> BlockFault? {
    do {
      _ = try image.read(names, in: Folder())
      return nil
    } catch let fault as BlockFault {
      return fault
    }
  }

  private static let start: Int64 = 1_790_000_000_000

  private static func block(_ labels: [(String, String)], _ chunks: [BlockBuilder.Chunk])
    -> BlockBuilder
  {
    BlockBuilder(version: 2, entries: [.init(labels: labels, chunks: chunks)])
  }

  private static let chunk = BlockBuilder.chunk([start, start + 15_000], [1, 2])

  // MARK: Blocks

  @Test("cannot have a block read the same series or chunk again and again")
  func repetition() throws {
    var twice = Self.block([("__name__", "a")], [Self.chunk])
    #expect(try Self.refusal(twice) == nil)
    twice.repeatsPostings = true
    #expect(try Self.refusal(twice)?.reason == .block(.reference))
    let later = BlockBuilder.chunk([Self.start + 30_000], [3])
    var again = Self.block([("__name__", "a")], [Self.chunk, later])
    #expect(try Self.refusal(again) == nil)
    again.repeatsChunks = true
    #expect(try Self.refusal(again)?.reason == .block(.reference))
  }

  @Test("cannot have a list of a block name a series twice")
  func postings() throws {
    var image = BlockBuilder.small(version: 2).image
    let index = try #require(image.files[.index])
    // The list of h is the only one with two series: so long, and so many.
    let head: [UInt8] = [0, 0, 0, 12, 0, 0, 0, 2]
    let pair = try #require(
      (8..<index.count).first { Array(index[$0 - 8..<$0]) == head })
    image.files[.index]?[pair + 7] = index[pair + 3]
    #expect(try Self.refusal(image.repaired)?.reason == .block(.reference))
    #expect(try Self.refusal(image.repaired)?.byte == Int64(pair + 4))
  }

  @Test("cannot have a block make keys of any length")
  func keys() throws {
    let many = (0..<257).map { ("l\(1000 + $0)", "x") }
    #expect(
      try Self.refusal(Self.block([("__name__", "a")] + many, [Self.chunk]))?.reason
        == .tooManyLabels(limit: 256))
    let long = String(repeating: "x", count: 1 << 15)
    #expect(
      try Self.refusal(Self.block([("__name__", "a"), ("b", long)], [Self.chunk]))?.reason
        == .labelTooLong(limit: 1 << 14))
  }

  @Test("cannot have a block make any number of buckets")
  func buckets() throws {
    func histogram(_ spans: [(UInt64, Int64)], padding: Int) -> BlockBuilder.Chunk {
      var bits = BitWriter()
      bits.append(0, 32)
      bits.append(signed: 0)
      bits.append(unsigned: UInt64(spans.count))
      for (length, offset) in spans {
        bits.append(unsigned: length)
        bits.append(signed: offset)
      }
      bits.append(unsigned: 0)
      bits.bytes += Array(repeating: 0, count: padding)
      return .init(encoding: 2, data: bits.bytes, times: Self.start...Self.start)
    }
    func refusal(_ chunks: [BlockBuilder.Chunk]) throws -> BlockFault? {
      try Self.refusal(Self.block([("__name__", "h")], chunks))
    }
    // More than bits, more than the limit, falling, and a few thousand others in each chunk.
    #expect(try refusal([histogram([(5000, 0)], padding: 10)])?.reason == .block(.length))
    #expect(try refusal([histogram([(20_000, 0)], padding: 4000)])?.reason == .block(.length))
    #expect(try refusal([histogram([(1, 0), (1, -2)], padding: 9)])?.reason == .block(.length))
    #expect(try refusal([histogram([(100, 0)], padding: 40)]) == nil)
    // At a fine schema, few of the bounds are the same.
    let drifting = (0..<40).map { number -> BlockBuilder.Chunk in
      var bits = BitWriter()
      bits.append(0, 32)
      bits.append(signed: 8)
      bits.append(unsigned: 1)
      bits.append(unsigned: 500)
      bits.append(signed: Int64(number) * 500)
      bits.append(unsigned: 0)
      bits.bytes += Array(repeating: 0, count: 100)
      let time = Self.start + Int64(number)
      return .init(encoding: 2, data: bits.bytes, times: time...time)
    }
    let limit = IngestError.Reason.tooManyBounds(limit: HistogramBuckets.limit)
    #expect(try refusal(Array(drifting[..<20])) == nil)
    #expect(try refusal(drifting)?.reason == limit)
  }

  @Test("may begin a chunk of histograms with the end of the series")
  func staleFirst() throws {
    var bits = BitWriter()
    bits.append(2, 16)
    bits.append(0, 16)
    bits.append(signed: 0)
    bits.append(unsigned: 1)
    bits.append(unsigned: 2)
    bits.append(signed: 0)
    bits.append(unsigned: 0)
    bits.append(signed: Self.start)
    for number in [0, 0, Cell.staleMark] { bits.append(number, 64) }
    // A minute later all is as it was, but for the sum.
    bits.append(signed: 60_000)
    bits.append(0, 2)
    bits.append((1.5).bitPattern, since: Cell.staleMark)
    bits.append(0, 2)
    let chunk = BlockBuilder.Chunk(
      encoding: 3, data: bits.bytes, times: Self.start...Self.start + 60_000)
    let found = try Self.block([("__name__", "h")], [chunk]).image.read(Self.names, in: Folder())
    let sums = found.content.series.filter { $0.id.name == Array("h_sum".utf8) }.flatMap(\.cells)
    #expect(sums.map(\.stale) == [1, 0])
    #expect(sums.last?.sum == 1.5)
  }

  @Test("may delete from a series a hundred thousand times")
  func deletions() throws {
    var builder = Self.block(
      [("__name__", "a")],
      [
        BlockBuilder.chunk(
          (0..<20_000).map { Self.start + $0 * 1000 }, Array(repeating: 1, count: 20_000))
      ])
    // Each second time of them; the others twice, so that they overlap.
    let contents = try #require(builder.image.files[.index]).suffix(52)
    // Where the series begin, in the table of contents, and 16 bytes are one.
    let series = (contents.dropFirst(8).prefix(8).reduce(0) { $0 << 8 | Int($1) } + 15) / 16
    for number in stride(from: Int64(0), to: 20_000, by: 2) {
      let time = Self.start + number * 1000
      for span in [(time, time + 10), (time - 10, time + 5), (time, time)] {
        builder.tombstones += Varint.unsigned(UInt64(series))
        builder.tombstones += Varint.signed(span.0) + Varint.signed(span.1)
      }
    }
    #expect(try builder.image.read(Self.names, in: Folder()).content.read == 10_000)
  }

  // MARK: Text

  @Test("cannot make an object of any number of members, nor points wait without end for a name")
  func answers() {
    let members = (0..<2000).map { "\"m\($0)\":1" }.joined(separator: ",")
    #expect(fault("{\(members)}", as: .apiAnswers)?.reason == .tooManyMembers(limit: 1024))
    let labels = (0..<2000).map { "\"m\($0)\":\"\"" }.joined(separator: ",")
    #expect(
      fault(
        "{\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{\(labels)}}]}}",
        as: .apiAnswers)?.reason == .tooManyMembers(limit: 1024))
    let points = String(repeating: "[1795226173,\"1\"],", count: (1 << 20) + 20_000)
    let text =
      "{\"data\":{\"resultType\":\"matrix\",\"result\":[{\"values\":[\(points)[1,\"1\"]],"
    #expect(fault(text, as: .apiAnswers)?.reason == .missingMember("metric"))
  }

  @Test("may have one histogram with many buckets before many with none")
  func histograms() throws {
    let buckets = (1..<4000).map { "[0,\"\($0 - 1)\",\"\($0)\",\"1\"]" }.joined(separator: ",")
    let many = (0..<2000).map { "[\(1_795_226_174 + $0),{\"count\":\"7\",\"sum\":\"1\"}]" }
    let text = """
      {"data":{"resultType":"matrix","result":[{"metric":{"__name__":"a"},"histograms":[\
      [1795226173,{"count":"1","sum":"1","buckets":[\(buckets)]}],\(many.joined(separator: ","))]}]}}
      """
    let found = try parse(text, as: .apiAnswers, names: ["a_count"])
    #expect(found.series.flatMap(\.cells).reduce(0) { $0 + $1.count } == 2001)
  }

  @Test("may have tens of thousands of columns, but not as labels, and no header without an end")
  func columns() throws {
    let names = (0..<30_000).map { "c\($0)" }.joined(separator: ",")
    let row = String(repeating: ",1", count: 30_000)
    let wide = try parse("time,\(names)\n1795226173\(row)\n", as: .csv, names: ["c29999"])
    #expect(wide.read == 1)
    #expect(
      fault("bucket,value,\(names)\n", as: .csv)?.reason == .tooManyLabels(limit: 256))
    #expect(fault("time,\(names),c0\n", as: .csv)?.reason == .repeatedColumn("c0"))
    let long = names + "," + names.replacingOccurrences(of: "c", with: "d")
    #expect(fault("time,\(long)\n", as: .csv)?.reason == .lineTooLong(limit: 1 << 18))
  }

  @Test("with labels longer than what stands behind a piece is compared no further than it goes")
  func longLabels() throws {
    let label = String(repeating: "x", count: 5000)
    for cut in [1, 63, 64, 65, 128, 4999] {
      let text = "bucket,n,value\n1795226160,\(label),1\n1795226160,\(label.prefix(cut))"
      #expect(fault(text, as: .csv)?.reason == .fields(expected: 3, found: 2), "\(cut)")
      let known = try parse(text + ",2\n1795226160,\(label),3\n", as: .csv, names: [""])
      #expect(known.series.map { $0.cells.map(\.last) } == [[3], [2]], "\(cut)")
    }
  }

  @Test("may have many incidents that cannot be used and last for centuries")
  func centuries() {
    let row = "1990-01-02T00:00:00Z,2199-01-01T00:00:00Z,unheard-of\n"
    let text = "started_at,resolved_at,severity\n" + String(repeating: row, count: 20_000)
    var table = IncidentTable(mapping: IncidentMapping(service: "shop"))
    #expect(throws: Never.self) { try table.read(MemoryStream(Array(text.utf8))) }
    #expect(table.rows.finish().compactMap(\.unusable).count == 20_000)
  }

  @Test("with numbers of any length takes no longer than others")
  func longNumbers() throws {
    let digits = String(repeating: "7", count: 900_000)
    let text = "a 0.\(digits) 1795226173000\na 1\(digits)e-900000 1795226174000\n"
    let cells = try parse(text, as: .prometheusText, names: ["a"]).series.flatMap(\.cells)
    #expect(cells.map(\.first) == [7.0 / 9])
    #expect(cells.map(\.last) == [1 + 7.0 / 9])
  }

  @Test("has times of any number, and still tells what it speaks for")
  func manyTimes() throws {
    // A moment each millisecond: their list would grow without end.
    let start: Int64 = 1_795_226_160_000
    let times = (0..<200_000).map { "\(start + Int64($0))\n" }.joined()
    let found = try parse("at\n" + times, as: .csv, names: [""])
    #expect(found.span?.start == Instant(nanoseconds: start * 1_000_000))
    #expect(found.span?.end == Instant(nanoseconds: (start + 199_999) * 1_000_000))
    let values = (0..<200_000).map { "\(start + Int64($0 * 7919 % 200_000)),1\n" }.joined()
    let minutes = try parse("bucket,value\n" + values, as: .csv, names: [""])
    #expect(minutes.span?.end == Instant(nanoseconds: (start + 199_999 + 60_000) * 1_000_000))
  }
}

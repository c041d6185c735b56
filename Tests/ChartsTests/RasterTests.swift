import Charts
import Foundation
import Model
import Testing

@Suite("A picture")
struct RasterTests {
  private let heading = "One afternoon spent most of the month’s budget"
  private let subheading = "Checkout availability, budget left in October, %. Dotted: usual pace."

  /// What the header of a PNG says: width, height, bits a channel, kind of colour (3 is a palette).
  private func header(_ bytes: [UInt8]) throws -> [Int] {
    try #require(bytes.count > 33)
    #expect(Array(bytes[0..<8]) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    func number(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
    return [number(16), number(20), Int(bytes[24]), Int(bytes[25])]
  }

  @Test(
    "of every state is opaque, of the right size, below 120 KB and the same twice",
    arguments: Examples.charts.map(\.name))
  func everyState(name: String) throws {
    let chart = try #require(Examples.charts.first { $0.name == name }).chart
    let scene = Examples.scene(chart, .wide)
    let bytes = try Raster.png(scene, heading: heading, subheading: subheading)
    // Width 2 × (680 + 2 × 20); height 2 × (20 + 20 + 17 + 8 + 228 + 20) with one line each.
    #expect(try header(bytes) == [1440, 626, 8, 3])
    #expect(bytes.count <= 120_000)
    // A blank picture of this size takes 3 KB.
    #expect(bytes.count > 20_000)
    #expect(try Raster.png(scene, heading: heading, subheading: subheading) == bytes)
  }

  @Test("of a full grid or of many spans is below 120 KB")
  func grids() throws {
    let scenes = [
      GridExamples.scene(GridExamples.full, .wide),
      GridExamples.scene(GridExamples.fullWeek, .wide),
      SpanExamples.scene(SpanExamples.crowded, .wide),
    ]
    for scene in scenes {
      let bytes = try Raster.png(scene, heading: heading, subheading: subheading)
      #expect((20_000...120_000).contains(bytes.count))
    }
  }

  @Test("has room for a heading of two lines on a narrow drawing")
  func narrow() throws {
    let bytes = try Raster.png(
      Examples.scene(Examples.running, .narrow), heading: heading, subheading: subheading)
    // Height 2 × (20 + 2 × 20 + 2 × 17 + 8 + 262 + 20).
    #expect(try header(bytes) == [764, 768, 8, 3])
  }

  @Test("is drawn from marks that are no numbers and from hostile words")
  func hostile() throws {
    let marks: [Mark] = [
      .lines([[Point(.nan, 1), Point(1, .infinity), Point(2, 2), Point(1e300, 3)]], Stroke(.s1)),
      .text(Label("\u{0}😀\u{202E}مرحبا", at: Point(5, 20), paint: .ink)),
      .text(
        Label(String(decoding: [0xFF, 0x61, 0xC0], as: UTF8.self), at: Point(5, 40), paint: .ink)),
      .boxes(
        [Box(left: 1, top: 1, right: 9, bottom: 9), Box(left: .nan, top: 1, right: 9, bottom: 9)],
        .d1, edge: Stroke(.d1Edge), radius: 40),
    ]
    let scene = Scene(width: 100, height: 50, title: "", description: "", marks: marks)
    let plain = Scene(width: 100, height: 50, title: "", description: "", marks: [])
    let long = String(repeating: "long\u{0} ", count: 2000)
    let bytes = try Raster.png(scene, heading: long, subheading: long)
    #expect(try bytes != Raster.png(plain, heading: long, subheading: long))
  }

  @Test("without any words has only its padding")
  func plain() throws {
    let bytes = try Raster.png(StatusIcon.bad.scene(), heading: "", subheading: "")
    #expect(try header(bytes) == [116, 116, 8, 3])
  }

  @Test("can be a PDF of one page with its words, the same twice and without a date")
  func pdf() throws {
    let scene = Examples.scene(Examples.running, .wide)
    let bytes = try Raster.pdf(scene, heading: heading, subheading: subheading)
    #expect(try bytes == Raster.pdf(scene, heading: heading, subheading: subheading))
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("%PDF-1."))
    #expect(!text.contains("Date"))
    // 720 × 313 CSS pixels are 540 × 234.75 points.
    #expect(text.contains("540 234.75 ]"))
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("chart-test.pdf")
    try Data(bytes).write(to: file)
    defer { _ = try? FileManager.default.removeItem(at: file) }
    #expect(try output(of: ["pdftotext", file.path, "-"]).contains(heading))
    #expect(try output(of: ["pdfinfo", file.path]).contains("Pages:           1\n"))
  }

  private func output(of command: [String]) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("can be a stand-alone SVG file in CSS pixels")
  func svgFile() throws {
    let bytes = try Raster.svgFile(
      Examples.scene(Examples.running, .wide), heading: heading, subheading: subheading)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("<?xml"))
    #expect(text.contains("width=\"720px\" height=\"313px\""))
    #expect(text.hasSuffix("</svg>\n"))
    #expect(!text.lowercased().contains("nan"))
  }

  @Test("is drawn in a font that the system names")
  func font() throws { #expect(try !Raster.fontFamily().isEmpty) }
}

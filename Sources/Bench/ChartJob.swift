import Charts
import Glibc
import Model
import Synchronization

/// Draws every file of readings as a chart of its own, in two threads.
final class ChartJob: Sendable {
  enum Format: String {
    case png, svg
  }

  enum Failure: Error {
    case notRead(String)
    case notWritten(String)
  }

  private let question: ChartQuestion
  private let format: Format
  private let input: String
  private let output: String
  private let next = Atomic(0)

  init(question: ChartQuestion, format: Format, input: String, output: String) {
    self.question = question
    self.format = format
    self.input = input
    self.output = output
  }

  func run() async throws {
    _ = mkdir(output, 0o755)  // a folder that is missing shows when a file is written
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<2 { group.addTask { try self.work() } }
      try await group.waitForAll()
    }
  }

  /// Draws one chart after the other until none is left.
  private func work() throws {
    var reader = ReadingsReader()
    let colours = Colours.light.replacing(.s1, by: question.colour)
    while case let index = next.add(1, ordering: .relaxed).oldValue, index < question.charts.count {
      let chart = question.charts[index]
      let (source, target) = (
        "\(input)/\(chart.name).csv", "\(output)/\(chart.name).\(format.rawValue)"
      )
      guard reader.read(source) else { throw Failure.notRead(source) }
      let scene = scene(reader.times, reader.values, title: chart.title)
      let file =
        switch format {
        case .svg:
          SVGWriter.file(scene, heading: chart.title, subheading: "", colours: colours)
        case .png:
          try Raster.png(
            scene, heading: chart.title, subheading: "", scale: 1, colours: colours)
        }
      guard save(file, to: target) else { throw Failure.notWritten(target) }
    }
  }

  private func scene(_ times: [Int64], _ values: [Double], title: String) -> Scene {
    // The heading takes 28 pixels, the edges 20 on each side.
    let domain = Window(
      start: Instant(seconds: times.first ?? 0), end: Instant(seconds: times.last ?? 0))
    let chart = LineChart(
      domain: domain, times: times, values: values, unit: question.unit,
      absence: Absence(title: "No data", detail: "", isMissing: true), zone: .utc)
    return chart.scene(
      width: question.width - 40, height: question.height - 68, pixelsPerUnit: 1, title: title,
      description: "")
  }
}

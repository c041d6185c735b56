import Charts
import Delivery
import Glibc
import Model
import Printing
import Reports

/// The files of a report.
///
/// Where the drawing library is missing, the page still has its charts, and their files are left out; so is a PDF that
/// could not be made.
struct ReportFiles {
  let files: [Artifact]
  /// The name of the page among them.
  let page: String
  /// Whether any file is missing.
  let areIncomplete: Bool

  /// Draws and writes them; the page is printed to PDF beside the output, or not where that is `nil`.
  init(_ report: Report, paper: Paper, printing: ArtifactWriter?) throws {
    let chartsAreMissing: Bool
    var charts: [Artifact] = []
    do throws(ChartError) {
      for figure in report.figures {
        for format in [Picture.png, .svg] {
          charts.append(
            Artifact(
              path: "charts/\(figure.name).\(format.rawValue)",
              bytes: try format.draw(figure, size: .wide)))
        }
      }
      chartsAreMissing = false
    } catch {
      Streams.report("the charts' PNG and SVG files could not be drawn: \(ChartText.reason(error))")
      (charts, chartsAreMissing) = ([], true)
    }
    let name = report.facts.kind.rawValue
    page = "\(name).html"
    let html = Array(try report.page(paper: paper).utf8)
    var files =
      charts + report.tableFiles + [
        Artifact(path: page, bytes: html),
        Artifact(
          path: "\(name).md", bytes: Array(report.markdown(withCharts: !chartsAreMissing).utf8)),
        Artifact(path: "\(name).json", bytes: try FactsCodec.encode(ReportDocument(report))),
      ]
    var pdfIsMissing = false
    if let printing {
      do {
        let pdf = try ReportFiles.pdf(html, made: report.facts.made, beside: printing)
        files.append(Artifact(path: "\(name).pdf", bytes: pdf))
      } catch let error as PrintError {
        if case .interrupted = error { throw error }
        let lines = PrintText.lines(error)
        Streams.report("\(name).pdf is missing: \(lines[0])")
        lines.dropFirst().forEach(Streams.report)
        pdfIsMissing = true
      }
    }
    self.files = files
    areIncomplete = chartsAreMissing || pdfIsMissing
  }

  /// How long a page may take to print.
  private static let limit = Duration.minutes(5)

  private static func pdf(
    _ page: [UInt8], made: Instant, beside writer: ArtifactWriter
  ) throws -> [UInt8] {
    Streams.progress("printing the page")
    defer { Streams.endProgress() }
    let path = getenv("PATH").map { String(cString: $0) } ?? ""
    return try writer.aside(with: [Artifact(path: PagePrinter.page, bytes: page)]) { folder in
      try PagePrinter.pdf(in: folder, path: path, made: made, atMost: limit)
    }
  }
}

import Charts
import Delivery
import Model
import Reports

/// The files of a report.
///
/// Where the drawing library is missing, the page still has its charts, and their files are left out.
struct ReportFiles {
  let files: [Artifact]
  /// The name of the page among them.
  let page: String
  let chartsAreMissing: Bool

  init(_ report: Report, paper: Paper) throws {
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
    files =
      charts + [
        Artifact(path: page, bytes: Array(try report.page(paper: paper).utf8)),
        Artifact(
          path: "\(name).md", bytes: Array(report.markdown(withCharts: !chartsAreMissing).utf8)),
        Artifact(path: "\(name).json", bytes: try FactsCodec.encode(ReportDocument(report))),
      ]
  }
}

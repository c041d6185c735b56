import Charts

/// Words for a picture that could not be drawn.
enum ChartText {
  static func reason(_ error: ChartError) -> String {
    switch error {
    case .library(let text):
      "\(text); install the packages libpango-1.0-0, libpangocairo-1.0-0 and libcairo2"
    case .noThread:
      "no thread to draw in; raise the limit of processes (`ulimit -u`, TasksMax)"
    case .noFont: "no font was found; install the package fonts-dejavu-core"
    case .cairo(let code, let message): "Cairo reported \(message) (\(code))"
    }
  }
}

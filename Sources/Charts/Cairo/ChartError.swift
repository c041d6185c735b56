/// Why a picture could not be drawn.
public enum ChartError: Error, Equatable, Sendable {
  /// A library or one of its functions is missing; the text is the loader's.
  case library(String)
  /// The system gives no further thread, which Pango needs.
  case noThread
  /// No font family could be found.
  case noFont
  /// Cairo gave up, with its own status code and text.
  case cairo(code: Int32, message: String)
}

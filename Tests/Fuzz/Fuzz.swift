import Foundation
import Model

@testable import Ingest

/// Feeds the parser that the environment names in FUZZ_FORMAT with whatever libFuzzer makes up.
///
/// A file must be read or refused with a position, and come out the same in whatever portions it arrives.
@main
enum Fuzz {
  private static let formats: [String: FormatName] = [
    "prometheusText": .prometheusText, "openMetrics": .openMetrics, "csv": .csv,
    "apiAnswers": .apiAnswers,
  ]
  private static let format = formats[ProcessInfo.processInfo.environment["FUZZ_FORMAT"] ?? ""]

  static func main() {
    guard format != nil else {
      print("The formats are \(formats.keys.sorted().joined(separator: ", ")).")
      exit(64)
    }
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(
      runFuzzer(&count, &arguments) { start, count in
        Fuzz.check(Array(UnsafeBufferPointer(start: start, count: count)))
        return 0
      })
  }

  private static func check(_ bytes: [UInt8]) {
    let portion = 1 + bytes.count % 61
    let (whole, parts) = (Outcome(bytes), Outcome(bytes, portion: portion))
    // NaN is not equal to itself, but its words are.
    guard whole == parts || "\(whole)" == "\(parts)" else {
      fatalError("in portions of \(portion) bytes:\n\(whole)\n\(parts)")
    }
  }

  /// What a parser made of a file.
  private enum Outcome: Equatable {
    case read([Series], [Incident], Window?, Int, RejectedRows?)
    case refused(Fault)

    init(_ bytes: [UInt8], portion: Int = .max) {
      let names = ["", "a", "a_total", "a_count", "a_sum", "a_bucket", "b"]
      do {
        guard let format else { fatalError("no format") }
        let content = try parse(bytes, as: format, names: names, portion: portion)
        self = .read(
          content.series, content.incidents, content.span, content.read, content.rejected)
      } catch {
        guard let fault = error as? Fault, fault.position?.byte != nil else {
          fatalError("\(error) has no position")
        }
        self = .refused(fault)
      }
    }
  }
}

/// The way into libFuzzer for a program that has a beginning of its own.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ check: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

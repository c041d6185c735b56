import Foundation
import Model

@testable import Ingest

/// Feeds the reader that the environment names in FUZZ_FORMAT with whatever libFuzzer makes up.
///
/// A file must be read or refused with a position, and come out the same in whatever portions it arrives.
@main
enum Fuzz {
  private static let name = ProcessInfo.processInfo.environment["FUZZ_FORMAT"] ?? ""
  private static let form = SnapshotForm(rawValue: name)
  // In memory, since the files of a block are written anew each time; libFuzzer ends without a farewell.
  private static let folder = Result { try Folder(at: "/dev/shm/fuzz-\(name)") }

  static func main() {
    guard form != nil else {
      print("The formats are \(SnapshotForm.allCases.map(\.rawValue).joined(separator: ", ")).")
      exit(64)
    }
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    exit(
      runFuzzer(&count, &arguments) { start, count in
        do {
          try Fuzz.check(Array(UnsafeBufferPointer(start: start, count: count)))
        } catch {
          fatalError("\(error)")
        }
        return 0
      })
  }

  private static func check(_ bytes: [UInt8]) throws {
    guard let form else { return }
    let folder = try folder.get()
    let bytes = form == .block ? BlockImage(archive: bytes).repaired.archive : bytes
    let whole = form.outcome(of: bytes, in: folder)
    if case .wrong(let text) = whole { fatalError(text) }
    // A block does not come in portions, but what its threads find is to be the same, too.
    let portion = 1 + bytes.count % 61
    let parts = form.outcome(of: bytes, portion: portion, in: folder)
    guard whole == parts else {
      fatalError("in portions of \(portion) bytes:\n\(whole)\n\(parts)")
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

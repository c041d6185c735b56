import Foundation
import Model
import TestSupport

@testable import Ingest

/// The samples of blocks by the text of their series, times in milliseconds.
struct BlockSamples: Equatable {
  struct Sample: Hashable {
    let time: Int64
    let bits: UInt64

    init(_ time: Int64, _ value: Double) {
      self.time = time
      bits = value.bitPattern
    }

    var value: Double { Double(bitPattern: bits) }
  }

  var series: [String: [Sample]] = [:]
  var digest: UInt32 = 0

  init() {}

  /// Reads the series of these names in the blocks of these folders as one.
  init(_ folders: [String], _ names: [String]) throws {
    try self.init(folders.map { try PrometheusBlock($0, named: Self.name($0)) }, names)
  }

  init(_ blocks: [PrometheusBlock], _ names: [String]) throws {
    var ids: [SeriesID] = []
    let wanted = names.map { Selector(source: "m", name: $0) }
    let plan = try BlockPlan(blocks, source: "m", wanted: wanted) { id in
      guard wanted.contains(where: { $0.matches(id) }) else { return nil }
      if let place = ids.firstIndex(of: id) { return place }
      ids.append(id)
      return ids.count - 1
    }
    let reader = BlockReader(plan)
    for task in plan.tasks {
      try reader.read(task) { place, times, values in
        var piece: [Sample] = []
        for index in 0..<times.count {
          piece.append(Sample(times[index] / 1_000_000, values[index]))
        }
        series[Self.text(ids[place]), default: []] += piece
      }
    }
    digest = reader.digest
    for block in blocks { try block.checkUnchanged() }
  }

  static func name(_ folder: String) -> String {
    folder.split(separator: "/").last.map(String.init) ?? ""
  }

  /// `{__name__="up", job="node"}`, as promtool writes it.
  static func text(_ id: SeriesID) -> String {
    let name = Label("__name__", String(decoding: id.name, as: UTF8.self))
    let labels = (id.labels + (id.name.isEmpty ? [] : [name])).sorted {
      $0.name.lexicographicallyPrecedes($1.name)
    }
    let pairs = labels.map { label in
      let value = String(decoding: label.value, as: UTF8.self)
        .replacingOccurrences(of: "\\", with: "\\\\").replacingOccurrences(of: "\"", with: "\\\"")
        .replacingOccurrences(of: "\n", with: "\\n")
      return "\(String(decoding: label.name, as: UTF8.self))=\"\(value)\""
    }
    return "{\(pairs.joined(separator: ", "))}"
  }

  /// The fault of blocks that cannot be read.
  static func fault(_ folders: [String], _ names: [String]) throws -> BlockFault? {
    do {
      _ = try BlockSamples(folders, names)
      return nil
    } catch let fault as BlockFault {
      return fault
    }
  }
}

/// Blocks made by promtool, and what it finds in them.
struct Promtool {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes blocks of OpenMetrics text; gives their folders, in order of name.
  func blocks(of text: String, in name: String = "data") throws -> [String] {
    try folder.write(Array((text + "# EOF\n").utf8), to: "\(name).om")
    try run([
      "tsdb", "create-blocks-from", "openmetrics", folder.file("\(name).om"), folder.file(name),
    ])
    return try FileManager.default.contentsOfDirectory(atPath: folder.file(name)).sorted()
      .map { folder.file(name) + "/" + $0 }
  }

  @discardableResult
  func run(_ arguments: [String]) throws -> String {
    let output = folder.file("output-\(UUID().uuidString)")
    let process = try ChildProcess(
      ["/usr/bin/promtool"] + arguments, output: output, errors: output)
    let status = try process.wait()
    let text = try String(contentsOfFile: output, encoding: .utf8)
    guard status == 0 else { throw ChildProcess.Failure("promtool: \(status): \(text)") }
    return text
  }
}

import Foundation
import Testing
import Yams

/// A value of a vector.
indirect enum Datum: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case list([Datum])
  case map([String: Datum])

  init(_ node: Node) {
    switch node {
    case .mapping(let mapping):
      self = .map(
        Dictionary(
          mapping.map { ($0.key.string ?? "", Datum($0.value)) },
          uniquingKeysWith: { one, _ in one }
        ))
    case .sequence(let sequence): self = .list(sequence.map(Datum.init))
    case .scalar(let scalar):
      if scalar.style == .doubleQuoted || scalar.style == .singleQuoted {
        self = .text(scalar.string)
      } else if let number = Double(scalar.string) {
        self = .number(number)
      } else if let bool = node.bool {
        self = .bool(bool)
      } else {
        self = scalar.string == "null" ? .null : .text(scalar.string)
      }
    case .alias: self = .null
    }
  }

  subscript(key: String) -> Datum {
    if case .map(let map) = self { return map[key] ?? .null }
    return .null
  }

  /// The number, or what stands for one.
  func number() throws -> Double {
    switch self {
    case .number(let value): return value
    case .text("+Inf"): return .infinity
    case .null, .bool, .text, .list, .map: throw VectorError.notANumber(self)
    }
  }

  func text() throws -> String {
    guard case .text(let text) = self else { throw VectorError.notAText(self) }
    return text
  }

  /// The elements of a list; a single value is a list of one.
  var list: [Datum] {
    if case .list(let list) = self { return list }
    return [self]
  }

  func numbers() throws -> [Double] { try list.map { try $0.number() } }
}

enum VectorError: Error {
  case notANumber(Datum)
  case notAText(Datum)
  case badFile
  /// An answer that is neither the expected one nor stated.
  case differs(got: String, expected: Datum)
  case noSuchTopic(String)
}

/// One published example: what is given, and what another tool or text answers.
struct Vector: Sendable, CustomTestStringConvertible {
  let id: String
  let topic: String
  let given: Datum
  let expect: Datum

  var testDescription: String { "\(id) \(topic)" }

  static func all() throws -> [Vector] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/vectors/vectors.yaml")
    guard let root = try Yams.compose(yaml: String(contentsOf: file, encoding: .utf8)),
      let nodes = root["vectors"]?.sequence
    else { throw VectorError.badFile }
    return try nodes.map { node in
      let vector = Datum(node)
      return Vector(
        id: try vector["id"].text(), topic: try vector["topic"].text(), given: vector["given"],
        expect: vector["expect"])
    }
  }
}

/// Reads PromQL's notation of test series: `0+10x3 _ 7 stale`.
func notation(_ text: String) throws -> [Double?] {
  try text.split(separator: " ").flatMap { part -> [Double?] in
    if part == "_" { return [nil] }
    if part == "stale" { return [Double(bitPattern: 0x7ff0_0000_0000_0002)] }
    let pieces = part.split(separator: "x")
    guard pieces.count == 2, let count = Int(pieces[1]) else {
      guard let value = Double(part) else { throw VectorError.notANumber(.text(text)) }
      return [value]
    }
    let terms = pieces[0].split(separator: "+")
    guard terms.count == 2, let start = Double(terms[0]), let step = Double(terms[1]) else {
      throw VectorError.notANumber(.text(text))
    }
    return (0...count).map { start + Double($0) * step }
  }
}

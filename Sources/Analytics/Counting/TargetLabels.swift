import Model

/// Which labels of a series name its target: the process, or the part of one, that a source reads as a whole.
///
/// Series of one target are read, restart and end together; those that differ in other labels are its children.
public struct TargetLabels: Hashable, Sendable {
  /// Labels that a source declares for all of its series, or reads from a file's name: its origin.
  public let origin: [String]
  /// The labels to use instead of the rule.
  public let names: [String]?

  public init(origin: [String] = [], names: [String]? = nil) {
    self.origin = origin
    self.names = names
  }

  /// Labels by which copies of the same data differ.
  static let copies = ["monitor", "prometheus", "prometheus_replica", "replica"]

  /// What identifies the target of a series, and what the copies of it have in common.
  struct Key: Hashable {
    /// The source and the values of its declared labels.
    let origin: [[UInt8]]
    let own: [Label]
    let copy: [Label]

    /// What is of another job replaces nothing of it.
    var job: [UInt8]? { own.first { $0.name.elementsEqual("job".utf8) }?.value }

    /// `{instance="a",job="b"}`, or nothing where no label names the target.
    var text: String {
      SeriesID(source: "", name: [], labels: own + copy).text
    }
  }

  /// The origin alone, as a key.
  func origin(of id: SeriesID) -> Key {
    let declared = id.labels.filter { label in
      !label.value.isEmpty && origin.contains { label.name.elementsEqual($0.utf8) }
    }
    return Key(
      origin: [Array(id.source.utf8)] + declared.map(\.value), own: declared, copy: [])
  }

  /// - Formula: the labels that the source names; else `job` and `instance`, where `instance` is not empty; else those of
  ///   `namespace`, `pod` and `container` that exist; else the first of `host`, `hostname`, `node` and `server`, with
  ///   `job`; else `job`. Labels of the origin and of copies are added.
  func key(of id: SeriesID) -> Key {
    let labels = id.labels
    func some(_ names: [String]) -> [Label] {
      names.compactMap { name in
        labels.first { $0.name.elementsEqual(name.utf8) && !$0.value.isEmpty }
      }
    }
    let chosen: [Label]
    let (instance, pod) = (some(["instance"]), some(["namespace", "pod", "container"]))
    if let names {
      chosen = some(names)
    } else if !instance.isEmpty {
      chosen = some(["job"]) + instance
    } else if !pod.isEmpty {
      chosen = pod
    } else {
      chosen = some(["job"]) + some(["host", "hostname", "node", "server"]).prefix(1)
    }
    let origin = some(origin)
    let own = chosen + origin.filter { !chosen.contains($0) }
    let copy = names == nil ? some(TargetLabels.copies).filter { !own.contains($0) } : []
    return Key(
      origin: [Array(id.source.utf8)] + origin.map(\.value), own: own, copy: copy)
  }
}

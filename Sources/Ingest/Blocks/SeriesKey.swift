import Model

/// The name and the labels of one series of a block, reused from series to series.
struct SeriesKey {
  private let source: [UInt8]
  private(set) var name: [UInt8] = []
  /// `FF label FE value` of each label.
  private var labels: [UInt8] = []
  private var last: [UInt8] = []
  /// Labels that every series gets: of its block, and of its source, which win.
  var declared: (block: [Label], source: [Label]) = ([], [])

  init(source: String) { self.source = Array(source.utf8) }

  mutating func begin() {
    name.removeAll(keepingCapacity: true)
    labels.removeAll(keepingCapacity: true)
    last.removeAll(keepingCapacity: true)
  }

  /// Adds the next label; `false` when it is out of order or not UTF-8.
  mutating func add(_ label: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
    guard last.lexicographicallyPrecedes(label), SeriesKey.isText(label), SeriesKey.isText(value)
    else { return false }
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: label)
    if label.elementsEqual("__name__".utf8) {
      name.append(contentsOf: value)
    } else {
      labels.append(0xFF)
      labels.append(contentsOf: label)
      labels.append(0xFE)
      labels.append(contentsOf: value)
    }
    return true
  }

  private static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
    UTF8Check.firstBadByte(bytes) == nil
  }

  var id: SeriesID {
    var key: [UInt8] = []
    key.reserveCapacity(source.count + name.count + labels.count + 1)
    key += source
    key.append(0xFF)
    key += name
    key += labels
    return SeriesID(key: key).declaring(declared.block).declaring(declared.source)
  }

  /// The same series with another end of its name, and perhaps the bound of a bucket.
  func id(ending suffix: String, upTo bound: Double? = nil) -> SeriesID {
    let plain = id
    var labels = plain.labels
    if let bound {
      labels.removeAll { $0.name.elementsEqual("le".utf8) }
      labels.append(Label("le", RowCollector.text(of: bound)))
    }
    return SeriesID(source: plain.source, name: name + Array(suffix.utf8), labels: labels)
  }
}

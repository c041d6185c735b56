import Model

/// Chunks of native histograms, of whole counts (encoding 2) or of floating-point ones (encoding 3).
struct HistogramChunk {
  let buckets: HistogramBuckets
  private let chunk: StoredChunk
  private let isFloat: Bool
  private var reader: BitReader
  private var read = 0

  /// In milliseconds since the epoch.
  private(set) var time: Int64 = 0
  private(set) var count = 0.0
  private(set) var sum = 0.0
  /// In the order of ``HistogramBuckets/ordered``; empty when the series has ended.
  private(set) var counts: [Double] = []

  private var step: Int64 = 0
  private var sumBits = XORValue(0)
  /// Of each count: the total, zero, the positive and the negative buckets.
  private var numbers: [(value: Int64, step: Int64)] = []
  private var floats: [XORValue] = []

  /// Whether the series has ended here.
  var isStale: Bool { sum.bitPattern == Cell.staleMark }

  /// Reads what all samples of the chunk share.
  ///
  /// - Throws: ``BlockFault``: `length`, `schema`.
  init(_ chunk: StoredChunk) throws(BlockFault) {
    self.chunk = chunk
    isFloat = chunk.encoding == 3
    guard chunk.data.count >= 4 else { throw chunk.fault(.length, at: 0) }
    // Two bits of the third byte are about resets, which show in the counts.
    reader = BitReader(chunk.data, from: 3)
    let threshold = HistogramChunk.threshold(&reader)
    let schema = reader.signed()
    guard (-9...52).contains(schema) || schema == HistogramBuckets.customSchema else {
      throw chunk.fault(.schema(schema), at: reader.place)
    }
    guard let positive = HistogramChunk.numbers(&reader),
      let negative = HistogramChunk.numbers(&reader),
      let custom = schema == HistogramBuckets.customSchema
        ? HistogramChunk.bounds(&reader) : []
    else { throw chunk.fault(.length, at: reader.place) }
    buckets = HistogramBuckets(
      schema: schema, zeroThreshold: threshold, positive: positive, negative: negative,
      custom: custom)
  }

  /// 0, a power of two in one byte, or any number after a byte of ones.
  private static func threshold(_ reader: inout BitReader) -> Double {
    switch reader.take(8) {
    case 0: 0
    case 255: reader.double()
    case let byte: Double(sign: .plus, exponent: Int(byte) - 244, significand: 1)
    }
  }

  /// The numbers of the buckets in spans of `length, offset from the one before`; `nil` when they cannot be.
  ///
  /// Each bucket has at least a bit in the first sample.
  private static func numbers(_ reader: inout BitReader) -> [Int64]? {
    let spans = reader.unsigned()
    var numbers: [Int64] = []
    var next: Int64 = 0
    guard spans <= UInt64(reader.left) else { return nil }
    for span in 0..<spans {
      let length = reader.unsigned()
      let offset = reader.signed()
      guard reader.isWhole, offset.magnitude <= 1 << 32, span == 0 || offset >= 0,
        length <= UInt64(min(reader.left, HistogramBuckets.limit - numbers.count))
      else { return nil }
      next += offset
      for _ in 0..<length {
        numbers.append(next)
        next += 1
      }
    }
    return reader.isWhole ? numbers : nil
  }

  /// Bounds as thousandths plus one, or after a zero as they are.
  private static func bounds(_ reader: inout BitReader) -> [Double]? {
    let count = reader.unsigned()
    guard count <= UInt64(HistogramBuckets.limit) else { return nil }
    var bounds: [Double] = []
    for _ in 0..<count {
      let thousandths = reader.unsigned()
      let bound = thousandths == 0 ? reader.double() : Double(thousandths - 1) / 1000
      guard reader.isWhole, bound > bounds.last ?? -.infinity else { return nil }
      bounds.append(bound)
    }
    return bounds
  }

  /// Reads the next sample; `false` after the last one.
  ///
  /// - Throws: ``BlockFault``: `length`, `order`.
  mutating func next() throws(BlockFault) -> Bool {
    guard read < chunk.count else { return false }
    if read == 0 {
      time = reader.signed()
    } else {
      step &+= reader.signed()
      guard step >= 0 else { throw chunk.fault(.order, at: reader.place) }
      time &+= step
    }
    guard time.magnitude <= UInt64(XORChunk.latest) else {
      throw chunk.fault(.order, at: reader.place)
    }
    guard isFloat ? readFloats() : readNumbers(), reader.isWhole else {
      throw chunk.fault(.length, at: reader.place)
    }
    read += 1
    return true
  }

  private mutating func readSum() -> Bool {
    if read == 0 {
      sumBits = XORValue(reader.double())
    } else if !sumBits.next(&reader) {
      return false
    }
    sum = sumBits.value
    return true
  }

  private mutating func readNumbers() -> Bool {
    let total = 2 + buckets.positives + buckets.negatives
    if read == 0 { numbers = Array(repeating: (0, 0), count: total) }
    for index in 0..<total {
      if index == 2 {
        guard readSum() else { return false }
        if isStale { break }
      }
      if read == 0 {
        numbers[index].value =
          index < 2 ? Int64(bitPattern: reader.unsigned()) : reader.signed()
      } else {
        numbers[index].step &+= reader.signed()
        numbers[index].value &+= numbers[index].step
      }
    }
    if total == 2, !readSum() { return false }
    guard !isStale else {
      counts.removeAll(keepingCapacity: true)
      return true
    }
    // A bucket holds the difference from the one before it.
    var running: Int64 = 0
    var absolute: [Double] = []
    for index in 2..<total {
      if index == 2 + buckets.positives { running = 0 }
      running &+= numbers[index].value
      absolute.append(Double(running))
    }
    count = Double(UInt64(bitPattern: numbers[0].value))
    setCounts(zero: Double(UInt64(bitPattern: numbers[1].value)), absolute)
    return true
  }

  private mutating func readFloats() -> Bool {
    let total = 2 + buckets.positives + buckets.negatives
    if read == 0 { floats = Array(repeating: XORValue(0), count: total) }
    for index in 0..<total {
      if index == 2 {
        guard readSum() else { return false }
        if isStale { break }
      }
      if read == 0 {
        floats[index] = XORValue(reader.double())
      } else if !floats[index].next(&reader) {
        return false
      }
    }
    if total == 2, !readSum() { return false }
    guard !isStale else {
      counts.removeAll(keepingCapacity: true)
      return true
    }
    count = floats[0].value
    setCounts(zero: floats[1].value, floats[2...].map(\.value))
    return true
  }

  /// Brings the counts, the positive ones first, in the order of the buckets.
  private mutating func setCounts(zero: Double, _ absolute: [Double]) {
    counts.removeAll(keepingCapacity: true)
    counts += absolute[buckets.positives...].reversed()
    if buckets.hasZero { counts.append(zero) }
    counts += absolute[..<buckets.positives]
  }
}

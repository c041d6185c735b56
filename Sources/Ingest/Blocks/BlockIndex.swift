/// The file `index` of a block, version 1 or 2: which series it holds, and where their chunks are.
///
/// Held in memory are the symbols alone; everything else is read when it is asked for. Every section that is used is
/// checked against its checksum first.
struct BlockIndex: Sendable {
  let file: BlockFile
  private let version: UInt8
  private let symbols: Symbols
  private let postingsTable: Int64

  private static let tableOfContents = 52

  init(_ file: BlockFile) throws(BlockFault) {
    self.file = file
    let window = FileWindow(file, capacity: 1 << 12)
    defer { withExtendedLifetime(window) {} }
    var front = ByteCursor(try window.bytes(at: 0, count: 5))
    guard front.fixed(UInt32.self) == 0xBAAA_D700 else {
      throw BlockFault(.magic, in: file.path, at: 0)
    }
    version = front.byte() ?? 0
    guard version == 1 || version == 2 else {
      throw BlockFault(.version(version), in: file.path, at: 4)
    }
    let start = file.size - Int64(BlockIndex.tableOfContents)
    guard start >= 5 else { throw BlockFault(.truncated, in: file.path, at: file.size) }
    let contents = try window.bytes(at: start, count: BlockIndex.tableOfContents)
    var cursor = ByteCursor(contents)
    let offsets = (0..<6).map { _ in Int64(clamping: cursor.fixed(UInt64.self) ?? 0) }
    let checked = UnsafeRawBufferPointer(rebasing: contents[..<48])
    guard cursor.fixed(UInt32.self) == CRC32C.of(checked) else {
      throw BlockFault(.checksum, in: file.path, at: start)
    }
    postingsTable = offsets[5]
    symbols = try Symbols(file, at: offsets[0], version: version)
  }

  // MARK: Which series

  /// The series that have one of these values in a label, value by value in order of bytes.
  func series(_ label: String = "__name__", of values: Set<[UInt8]>) throws(BlockFault) -> [UInt32]
  {
    guard postingsTable != 0, !values.isEmpty else { return [] }
    let window = FileWindow(file)
    defer { withExtendedLifetime(window) {} }
    let table = try section(at: postingsTable, window)
    guard var left = (try entryCount(of: table, window)) else { return [] }
    var found: [Int64] = []
    var missing = values
    var place = table.lowerBound + 4
    while left > 0 {
      // An entry holds two texts; more is asked for only when they are long.
      var room = 1 << 10
      var entry: (value: [UInt8]?, postings: UInt64, length: Int)?
      while entry == nil {
        let length = min(Int64(room), table.upperBound - place)
        entry = BlockIndex.entry(
          try window.bytes(at: place, count: Int(length)), label, values)
        guard entry != nil || length < table.upperBound - place else {
          throw BlockFault(.length, in: file.path, at: place)
        }
        room *= 8
      }
      guard let entry else { break }
      if let value = entry.value {
        // A duplicate would give its series twice.
        guard missing.remove(value) != nil else {
          throw BlockFault(.reference, in: file.path, at: place)
        }
        found.append(Int64(clamping: entry.postings))
      }
      place += Int64(entry.length)
      left -= 1
    }
    var series: [UInt32] = []
    for place in found { try addPostings(at: place, window, to: &series) }
    return series
  }

  /// An entry of the postings offset table: its value when that is wanted, where its list is, and its own length.
  private static func entry(
    _ bytes: UnsafeRawBufferPointer, _ label: String, _ values: Set<[UInt8]>
  ) -> (value: [UInt8]?, postings: UInt64, length: Int)? {
    var cursor = ByteCursor(bytes)
    guard cursor.byte() == 2, let name = cursor.text(), let value = cursor.text(),
      let postings = cursor.uvarint()
    else { return nil }
    let text = name.elementsEqual(label.utf8) ? Array(value) : nil
    return (text.flatMap { values.contains($0) ? $0 : nil }, postings, cursor.offset)
  }

  private func addPostings(at place: Int64, _ window: FileWindow, to series: inout [UInt32])
    throws(BlockFault)
  {
    let list = try section(at: place, window)
    guard let count = try entryCount(of: list, window) else { return }
    guard Int64(count) * 4 == list.upperBound - list.lowerBound - 4 else {
      throw BlockFault(.length, in: file.path, at: list.lowerBound)
    }
    var last: UInt32?
    for index in 0..<Int64(count) {
      let place = list.lowerBound + 4 + index * 4
      var cursor = ByteCursor(try window.bytes(at: place, count: 4))
      let number = cursor.fixed(UInt32.self) ?? 0
      // They rise, so that none is read twice.
      guard last.map({ $0 < number }) ?? true else {
        throw BlockFault(.reference, in: file.path, at: place)
      }
      series.append(number)
      last = number
    }
  }

  /// The content of a section that begins with its length, after its checksum was looked at.
  private func section(at place: Int64, _ window: FileWindow) throws(BlockFault) -> Range<Int64> {
    try BlockIndex.section(file, at: place, window)
  }

  fileprivate static func section(
    _ file: BlockFile, at place: Int64, _ window: FileWindow, limit: Int64 = .max
  ) throws(BlockFault) -> Range<Int64> {
    var cursor = ByteCursor(try window.bytes(at: place, count: 4))
    let start = place + 4
    let end = start + Int64(cursor.fixed(UInt32.self) ?? 0)
    guard end <= file.size - 4, end - start <= limit else {
      throw BlockFault(.length, in: file.path, at: place)
    }
    var crc: UInt32 = 0
    var next = start
    while next < end {
      let part = try window.bytes(at: next, count: Int(min(end - next, 1 << 16)))
      crc = CRC32C.of(part, after: crc)
      next += Int64(part.count)
    }
    cursor = ByteCursor(try window.bytes(at: end, count: 4))
    guard cursor.fixed(UInt32.self) == crc else {
      throw BlockFault(.checksum, in: file.path, at: place)
    }
    return start..<end
  }

  /// The number of entries, which comes first; `nil` for an empty section.
  private func entryCount(of section: Range<Int64>, _ window: FileWindow) throws(BlockFault)
    -> Int?
  {
    guard !section.isEmpty else { return nil }
    guard section.upperBound - section.lowerBound >= 4 else {
      throw BlockFault(.length, in: file.path, at: section.lowerBound)
    }
    var cursor = ByteCursor(try window.bytes(at: section.lowerBound, count: 4))
    return cursor.fixed(UInt32.self).map(Int.init)
  }

  // MARK: One series

  /// Where the entry of a series is in the file.
  func place(of series: UInt32) -> Int64 { version == 1 ? Int64(series) : Int64(series) * 16 }

  /// Reads the entry of a series.
  ///
  /// - Parameters:
  ///   - series: its number, as the postings have it.
  ///   - window: one of this file, not shared with another thread.
  ///   - key: becomes the key of its ``SeriesID``.
  ///   - chunks: become the references of its chunks, in order of time.
  /// - Throws: ``BlockFault``.
  func read(
    _ series: UInt32, _ window: FileWindow, key: inout SeriesKey, chunks: inout [UInt64]
  ) throws(BlockFault) {
    let place = place(of: series)
    var cursor = ByteCursor(try window.front(at: place, atMost: 10))
    guard let length = cursor.uvarint(), length <= UInt64(FileWindow.limit) else {
      throw BlockFault(.length, in: file.path, at: place)
    }
    let start = place + Int64(cursor.offset)
    let bytes = try window.bytes(at: start, count: Int(length) + 4)
    let content = UnsafeRawBufferPointer(rebasing: bytes[..<Int(length)])
    cursor = ByteCursor(UnsafeRawBufferPointer(rebasing: bytes[Int(length)...]))
    guard cursor.fixed(UInt32.self) == CRC32C.of(content) else {
      throw BlockFault(.checksum, in: file.path, at: place)
    }
    cursor = ByteCursor(content)
    let reason =
      readLabels(&cursor, &key)
      ?? (readChunks(&cursor, &chunks) ? nil : .block(.reference))
    if let reason { throw BlockFault(reason, in: file.path, at: start + Int64(cursor.offset)) }
  }

  /// Gives what is wrong with the labels.
  private func readLabels(
    _ cursor: inout ByteCursor, _ key: inout SeriesKey
  ) -> IngestError.Reason? {
    key.begin()
    guard var left = cursor.uvarint() else { return .block(.reference) }
    guard left <= UInt64(SeriesText.labelLimit) else {
      return .tooManyLabels(limit: SeriesText.labelLimit)
    }
    while left > 0 {
      guard let name = cursor.uvarint(), let value = cursor.uvarint(), symbols.holds(name),
        symbols.holds(value)
      else { return .block(.reference) }
      var isLong = false
      let isAdded = symbols.with(name) { name in
        symbols.with(value) { value in
          isLong = max(name.count, value.count) > SeriesText.valueLimit
          return !isLong && key.add(name, value)
        }
      }
      if isLong { return .labelTooLong(limit: SeriesText.valueLimit) }
      guard isAdded else { return .block(.reference) }
      left -= 1
    }
    return nil
  }

  private func readChunks(_ cursor: inout ByteCursor, _ chunks: inout [UInt64]) -> Bool {
    chunks.removeAll(keepingCapacity: true)
    guard var left = cursor.uvarint() else { return false }
    guard left > 0 else { return true }
    // The times of the chunks are in the chunks, too.
    guard cursor.varint() != nil, cursor.uvarint() != nil, var place = cursor.uvarint() else {
      return false
    }
    chunks.append(place)
    left -= 1
    while left > 0 {
      guard cursor.uvarint() != nil, cursor.uvarint() != nil, let step = cursor.varint() else {
        return false
      }
      // Chunks are written one after the other, so that none is read twice.
      guard step > 0 else { return false }
      place &+= UInt64(bitPattern: step)
      chunks.append(place)
      left -= 1
    }
    return true
  }
}

/// The texts of a block's labels.
private struct Symbols: Sendable {
  /// The most bytes of all texts: they are held in memory.
  private static let limit: Int64 = 1 << 28

  private let bytes: [UInt8]
  /// Where the length of each is in `bytes`; in version 1 they are referred to by their place in the file instead.
  private let places: [UInt32]
  private let origin: UInt64?

  init(_ file: BlockFile, at place: Int64, version: UInt8) throws(BlockFault) {
    guard place != 0 else {
      (bytes, places, origin) = ([], [], nil)
      return
    }
    let section = try BlockIndex.section(
      file, at: place, FileWindow(file, capacity: 1 << 16), limit: Symbols.limit)
    let count = Int(section.upperBound - section.lowerBound)
    var read = [UInt8](repeating: 0, count: count)
    var fault: BlockFault?
    read.withUnsafeMutableBytes { buffer in
      do throws(BlockFault) {
        try file.read(into: buffer, at: section.lowerBound)
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    var starts: [UInt32] = []
    let isWhole = read.withUnsafeBytes { buffer in
      var cursor = ByteCursor(buffer)
      guard let total = cursor.fixed(UInt32.self) else { return buffer.isEmpty }
      starts.reserveCapacity(min(Int(total), buffer.count))
      for _ in 0..<total {
        starts.append(UInt32(truncatingIfNeeded: cursor.offset))
        guard cursor.text() != nil else { return false }
      }
      return true
    }
    guard isWhole else { throw BlockFault(.length, in: file.path, at: place) }
    bytes = read
    places = version == 1 ? [] : starts
    origin = version == 1 ? UInt64(section.lowerBound) : nil
  }

  func holds(_ reference: UInt64) -> Bool {
    guard let origin else { return reference < UInt64(places.count) }
    return reference >= origin && reference - origin < UInt64(bytes.count)
  }

  /// Gives the text that a reference which ``holds(_:)`` means.
  func with(_ reference: UInt64, _ body: (UnsafeRawBufferPointer) -> Bool) -> Bool {
    let start = origin.map { Int(reference - $0) } ?? Int(places[Int(reference)])
    return bytes.withUnsafeBytes { buffer in
      var cursor = ByteCursor(UnsafeRawBufferPointer(rebasing: buffer[start...]))
      return cursor.text().map(body) ?? false
    }
  }
}

import CZlib

/// What a gzip file of one or more members holds, portion by portion.
final class GzipReader: ByteStream {
  /// What makes a file an attack: so many times its size once `patience` bytes are out.
  ///
  /// The length of the content has no limit, for whoever reads it holds a part of it only.
  struct Limits {
    var ratio: Int64 = 500
    var patience: Int64 = 64 << 20
  }

  private let stored: any ByteStream
  private let limits: Limits
  private let input: UnsafeMutableRawBufferPointer
  // zlib keeps the address of this.
  private let zlib: UnsafeMutablePointer<z_stream>
  private var isReady = false
  /// Whether a member has begun and not ended.
  private var isInside = false
  private var taken: Int64 = 0
  private var given: Int64 = 0

  init(_ stored: any ByteStream, limits: Limits = Limits()) {
    self.stored = stored
    self.limits = limits
    input = .allocate(byteCount: 1 << 16, alignment: 16)
    zlib = .allocate(capacity: 1)
    zlib.initialize(to: z_stream())
  }

  deinit {
    // Frees what was allocated; its code only says that a member was left in the middle.
    if isReady { _ = inflateEnd(zlib) }
    zlib.deallocate()
    input.deallocate()
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(Fault) -> Int {
    if !isReady {
      // 15 bits of window, and 16 to ask for gzip alone.
      let code = inflateInit2_(zlib, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
      guard code == Z_OK else { throw Fault(.damagedGzip(code: code)) }
      isReady = true
    }
    guard let room = UInt32(exactly: buffer.count),
      let output = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
    else { return 0 }
    zlib.pointee.next_out = output
    zlib.pointee.avail_out = room
    while zlib.pointee.avail_out == room {
      if zlib.pointee.avail_in == 0 {
        let count = try stored.read(into: input)
        guard count > 0 else {
          guard !isInside else { throw Fault(.truncated, at: .init(byte: taken)) }
          return 0
        }
        taken += Int64(count)
        zlib.pointee.next_in = input.assumingMemoryBound(to: UInt8.self).baseAddress
        zlib.pointee.avail_in = UInt32(count)
      }
      if !isInside {
        let code = inflateReset(zlib)
        guard code == Z_OK else { throw Fault(.damagedGzip(code: code), at: place) }
        isInside = true
      }
      let code = inflate(zlib, Z_NO_FLUSH)
      switch code {
      case Z_OK: break
      case Z_STREAM_END: isInside = false
      case Z_BUF_ERROR where zlib.pointee.avail_in == 0: break
      default: throw Fault(.damagedGzip(code: code), at: place)
      }
    }
    let count = Int(room - zlib.pointee.avail_out)
    given += Int64(count)
    guard given <= limits.patience || given / max(taken, 1) < limits.ratio else {
      throw Fault(.compressedTooWell(limit: limits.ratio), at: place)
    }
    return count
  }

  /// The first byte of the file that is not inflated yet.
  private var place: IngestError.Position { .init(byte: taken - Int64(zlib.pointee.avail_in)) }
}

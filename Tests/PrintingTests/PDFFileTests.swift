import Foundation
import Model
import TestSupport
import Testing

@testable import Printing

@Suite("What a printer left")
struct PDFFileTests {
  @Test(
    "is a PDF where it begins and ends as one",
    arguments: [
      ("%PDF-1.7\nx\n%%EOF", true), ("%PDF-1.7\nx\n%%EOF\r\n", true), ("%PDF-1.7\nx\n%%EO", false),
      ("%PDF-1.7\nx\n", false), ("\n%PDF-1.7\nx\n%%EOF", false), ("", false), ("\n", false),
      ("%%EOF", false),
    ])
  func isWhole(text: String, isWhole: Bool) throws {
    #expect((PDFFile(Array(text.utf8)) != nil) == isWhole)
    let folder = try TemporaryFolder()
    try folder.write(Array(text.utf8), to: "x.pdf")
    #expect((PDFFile(path: folder.file("x.pdf")) != nil) == isWhole)
  }

  @Test("is a file: no link, folder or pipe, and there at all")
  func isAFile() throws {
    let folder = try TemporaryFolder()
    let whole = try folder.write(Array("%PDF-1.7\n%%EOF".utf8), to: "x.pdf")
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("link"), withDestinationPath: whole)
    mkfifo(folder.file("pipe"), 0o600)
    for name in ["link", "pipe", "none", ""] { #expect(PDFFile(path: folder.file(name)) == nil) }
  }

  @Test("says that it was made when the report was, and keeps its length")
  func isDated() throws {
    let made = Instant(seconds: 1_792_389_600)  // 2026-10-19T06:00:00Z
    let text =
      "%PDF-1.4\n/CreationDate (D:20311201023249+00'00')\n/ModDate (D:20311201023249Z)"
      + "/Title (/ModDate \\(D:20311201023249) /ModDate (D:2031) /ModDate (D:\n%%EOF"
    let pdf = try #require(PDFFile(Array(text.utf8)))
    let dated = String(decoding: pdf.made(made), as: UTF8.self)
    #expect(
      dated
        == "%PDF-1.4\n/CreationDate (D:20261019060000+00'00')\n/ModDate (D:20261019060000Z)"
        + "/Title (/ModDate \\(D:20311201023249) /ModDate (D:2031) /ModDate (D:\n%%EOF")
  }
}

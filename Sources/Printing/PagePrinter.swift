import Glibc
public import Model

/// Prints a page to PDF with the browser or the print engine that is installed.
public enum PagePrinter {
  /// The name of the file that is printed.
  public static let page = "page.html"

  /// The release of WeasyPrint that lays our pages out.
  public static let oldestWeasyPrint = 70

  private static let browsers = ["chromium", "chromium-browser", "google-chrome", "chrome"]

  /// The PDF of the page in a folder, in which everything is that the printer writes.
  ///
  /// Programs are looked for in `path`, as the variable PATH has it. The PDF says that it was made at the given time, so that
  /// the same page makes the same bytes. All of it may take as long as `limit`.
  public static func pdf(
    in folder: String, path: String, made: Instant, atMost limit: Duration
  ) throws(PrintError) -> [UInt8] {
    guard let resolved = realpath(folder, nil) else { throw .system(code: errno) }
    defer { free(resolved) }
    let folder = String(cString: resolved)
    let (path, end) = (SearchPath(path), BootTime.after(limit))
    func process(_ program: String) -> PrinterProcess {
      PrinterProcess(
        program: program, folder: folder,
        environment: [
          "PATH=\(path.text)", "HOME=\(folder)", "LANG=C.UTF-8", "TZ=UTC",
          // The same folder by a short name: Chromium has a socket there, whose path may have 107 bytes.
          "TMPDIR=.",
          // Without it Chromium starts a message bus, which stays.
          "DBUS_SESSION_BUS_ADDRESS=disabled:",
        ], limit: limit, end: end)
    }
    let (program, said): (String, LastBytes)
    if let browser = path.program(browsers) {
      program = browser
      said = try process(browser).run(browserArguments(in: folder))
    } else if let engine = path.program(["weasyprint"]) {
      program = engine
      let release = release(in: try process(engine).run(["--version"]).text)
      guard let number = release?.number, number >= oldestWeasyPrint else {
        throw .oldWeasyPrint(program: engine, version: release?.text)
      }
      said = try process(engine).run([
        "--quiet", "--pdf-variant", "pdf/ua-1", "--allowed-protocols", "file,data", page,
        "page.pdf",
      ])
    } else {
      throw .noPrinter(skipped: path.skipped)
    }
    guard let pdf = PDFFile(path: "\(folder)/page.pdf") else {
      throw .noPDF(program: program, said: said.lines)
    }
    return pdf.made(made)
  }

  private static func browserArguments(in folder: String) -> [String] {
    [
      "--headless", "--no-pdf-header-footer", "--font-render-hinting=none",
      "--generate-pdf-document-outline", "--print-to-pdf=\(folder)/page.pdf",
      "--user-data-dir=\(folder)/profile", "--disable-gpu", "--hide-scrollbars",
      // It asks for nothing from the network, and a page cannot make it.
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
      "--disable-extensions", "--disable-default-apps", "--no-first-run",
      "--no-default-browser-check", "--host-resolver-rules=MAP * ~NOTFOUND",
      "--no-proxy-server", "--disable-breakpad", "--disable-crash-reporter",
    ]
      // Its sandbox refuses to be root's.
      + (geteuid() == 0 ? ["--no-sandbox"] : []) + [address(of: "\(folder)/\(page)")]
  }

  /// A path as the address of a file.
  static func address(of path: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return path.utf8.reduce(into: "file://") { address, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"),
        UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        address.unicodeScalars.append(Unicode.Scalar(byte))
      default: address += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }

  /// The release that a line such as "WeasyPrint version 70.0" names.
  static func release(in text: String) -> (text: String, number: Int)? {
    for line in text.split(whereSeparator: \.isNewline) {
      guard line.hasPrefix("WeasyPrint version "), let word = line.split(separator: " ").last,
        let number = Int(word.prefix { $0.isASCII && $0.isNumber })
      else { continue }
      return (String(word.prefix(40)), number)
    }
    return nil
  }
}

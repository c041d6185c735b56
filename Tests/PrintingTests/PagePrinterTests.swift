import Foundation
import Model
import TestSupport
import Testing

@testable import Printing

/// Each runs in a process of its own, because every child of the process is killed after printing.
@Suite("A page printer")
struct PagePrinterTests {
  private static let made = Instant(seconds: 0)

  /// What printing with these scripts fails with; `nil` where it does not.
  static func failure(
    _ scene: PrintingScene, atMost limit: Duration = HangLimit.length
  ) throws -> PrintError? {
    do throws(PrintError) {
      _ = try PagePrinter.pdf(in: scene.output, path: scene.path, made: made, atMost: limit)
      return nil
    } catch {
      return error
    }
  }

  @Test("gets the flags, a small environment and no open file")
  func isClean() async throws {
    await #expect(processExitsWith: .success) {
      let scene = try PrintingScene()
      setenv("PGPASSWORD", "secret", 1)
      let file = open("/dev/null", O_RDONLY)
      try #require(file > 2)
      signal(SIGPIPE, SIG_IGN)
      try scene.add(
        "chromium",
        """
        printf '%s\\n' "$@" >arguments; /usr/bin/env >environment; /bin/ls /proc/self/fd >files
        /bin/grep SigIgn /proc/self/status >ignored
        \(PrintingScene.whole)
        """)
      try #require(try PagePrinterTests.failure(scene) == nil)
      let arguments = try scene.text("arguments").split(separator: "\n")
      for flag in [
        "--headless", "--no-pdf-header-footer", "--font-render-hinting=none",
        "--generate-pdf-document-outline", "--host-resolver-rules=MAP * ~NOTFOUND",
      ] { try #require(arguments.contains(Substring(flag)), "\(arguments)") }
      try #require(arguments.contains("--no-sandbox") == (geteuid() == 0))
      try #require(arguments.last?.hasSuffix("/output/page.html") == true)
      try #require(arguments.last?.hasPrefix("file:///") == true)
      // The shell adds its own folder, and how deep it is.
      let names = try scene.text("environment").split(separator: "\n").map {
        $0.prefix { $0 != "=" }
      }
      try #require(
        Set(names).subtracting(["PWD", "OLDPWD", "SHLVL", "_"])
          == ["PATH", "HOME", "TMPDIR", "LANG", "TZ", "DBUS_SESSION_BUS_ADDRESS"], "\(names)")
      // Standard input and outputs, one of them the file; and the folder that is listed.
      try #require(try scene.text("files") == "0\n1\n2\n3\n")
      let ignored = try #require(
        UInt64(
          try scene.text("ignored").split(whereSeparator: \.isWhitespace).last ?? "", radix: 16))
      try #require(ignored & 1 << UInt64(SIGPIPE - 1) == 0)
    }
  }

  @Test("is WeasyPrint where there is no Chromium, from release 70 on")
  func printsWithWeasyPrint() async throws {
    await #expect(processExitsWith: .success) {
      for (says, version) in [
        ("WeasyPrint version 57.2", "57.2"), ("WeasyPrint version 69.9", "69.9"), ("7", nil),
        ("WeasyPrint version 70.0", "new"), ("noise\nWeasyPrint version 101.0b1", "new"),
      ] as [(String, String?)] {
        let scene = try PrintingScene()
        try scene.add(
          "weasyprint",
          """
          if [ "$1" = --version ]; then printf '%s\\n' '\(says)'; exit; fi
          printf '%s ' "$@" >arguments
          \(PrintingScene.whole)
          """)
        let failure = try PagePrinterTests.failure(scene)
        if version == "new" {
          try #require(failure == nil)
          try #require(
            try scene.text("arguments")
              == "--quiet --pdf-variant pdf/ua-1 --allowed-protocols file,data page.html page.pdf ")
        } else {
          try #require(
            failure == .oldWeasyPrint(program: "\(scene.path)/weasyprint", version: version))
        }
      }
      let scene = try PrintingScene()
      try #require(try PagePrinterTests.failure(scene) == .noPrinter(skipped: []))
    }
  }

  @Test("that hangs is killed at the end of its time, with all that it started")
  func isKilledInTime() async throws {
    await #expect(processExitsWith: .success) {
      let scene = try PrintingScene()
      // A child, one in a session of its own, and one that outlives its parent; none minds a request to end.
      try scene.add(
        "chromium",
        """
        trap '' TERM HUP INT
        /usr/bin/sleep 1000 & echo $! >child
        /usr/bin/setsid /usr/bin/sleep 1000 & echo $! >session
        (/usr/bin/setsid /bin/sh -c 'echo $$ >orphan; exec /usr/bin/sleep 1000' &)
        echo $$ >self
        while :; do /usr/bin/sleep 1000; done
        """)
      let limit = Duration.milliseconds(500)
      var late = limit
      // On a slow machine its time may end before it has begun: then it gets more.
      repeat {
        let failure = try PagePrinterTests.failure(scene, atMost: late)
        try #require(failure == .late(program: "\(scene.path)/chromium", limit: late))
        late = late * 4
      } while !["child", "session", "orphan", "self"].allSatisfy {
        ((try? scene.text($0)) ?? "").hasSuffix("\n")
      }
      for name in ["child", "session", "orphan", "self"] {
        try #require(try !scene.isAlive(name), "\(name)")
      }
    }
  }

  @Test("that ends well leaves no children")
  func leavesNoChildren() async throws {
    await #expect(processExitsWith: .success) {
      let scene = try PrintingScene()
      try scene.add(
        "chromium",
        """
        /usr/bin/sleep 1000 & echo $! >child
        /usr/bin/setsid /usr/bin/sleep 1000 & echo $! >session
        \(PrintingScene.whole)
        """)
      try #require(try PagePrinterTests.failure(scene) == nil)
      try #require(try !scene.isAlive("child") && !scene.isAlive("session"))
    }
  }

  @Test("that writes half a file, none or another one has made no PDF")
  func leavesAWholeFile() async throws {
    await #expect(processExitsWith: .success) {
      for script in [
        "printf '%%PDF-1.7\\nhalf' >page.pdf", ":", ">page.pdf", "echo x >page.pdf",
        "/bin/ln -s /etc/hostname page.pdf",
      ] {
        let scene = try PrintingScene()
        try scene.add("chromium", "echo why >&2; \(script)")
        let failure = try PagePrinterTests.failure(scene)
        try #require(
          failure == .noPDF(program: "\(scene.path)/chromium", said: ["why"]), "\(script)")
      }
    }
  }

  @Test("that fails is quoted: the last lines, however much it says, but for the message bus")
  func isQuoted() async throws {
    await #expect(processExitsWith: .success) {
      let scene = try PrintingScene()
      try scene.add(
        "chromium",
        """
        /usr/bin/head -c 20000000 /dev/zero | /usr/bin/tr '\\0' x >&2; echo >&2
        for n in 1 2 3 4 5; do echo "line $n"; done
        echo '[1:2:ERROR:dbus/bus.cc:405] Failed' >&2
        /usr/bin/head -c 300 /dev/zero | /usr/bin/tr '\\0' y >&2; exit 3
        """)
      let last = String(repeating: "y", count: 200) + "…"
      try #require(
        try PagePrinterTests.failure(scene)
          == .failed(
            program: "\(scene.path)/chromium", status: 3,
            said: ["line 2", "line 3", "line 4", "line 5", last]))
      try scene.add("chromium", "kill -9 $$")
      try #require(
        try PagePrinterTests.failure(scene)
          == .failed(program: "\(scene.path)/chromium", status: -9, said: []))
      try FileManager.default.removeItem(atPath: "\(scene.path)/chromium")
      let file = try scene.folder.write([0x7F, 0x45], to: "bin/chromium")
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
      try #require(
        try PagePrinterTests.failure(scene) == .notStarted(program: file, code: ENOEXEC))
    }
  }

  @Test("is ended by a signal to this process, with all that it started")
  func endsWithASignal() async throws {
    await #expect(processExitsWith: .success) {
      let scene = try PrintingScene()
      let parent = getpid()
      try scene.add(
        "chromium", "echo $$ >self; kill -TERM \(parent); while :; do /usr/bin/sleep 1000; done")
      try #require(try PagePrinterTests.failure(scene) == .interrupted(signal: SIGTERM))
      try #require(try !scene.isAlive("self"))
      // What was ignored stays so.
      signal(SIGHUP, SIG_IGN)
      try scene.add("chromium", "kill -HUP \(parent); \(PrintingScene.whole)")
      try #require(try PagePrinterTests.failure(scene) == nil)
    }
  }

  @Test("gets an address that any path makes")
  func writesAddresses() {
    #expect(PagePrinter.address(of: "/a b/ü#?%/p.html") == "file:///a%20b/%C3%BC%23%3F%25/p.html")
  }
}

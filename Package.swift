// swift-tools-version:6.1
import Foundation
import PackageDescription

/// Cairo, Pango and libpq are opened on first use, so only their header paths are asked for, no link flags.
func headerPaths(of package: String) -> [String] {
  let command = Process()
  let output = Pipe()
  command.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  command.arguments = ["pkg-config", "--cflags", package]
  command.standardOutput = output
  guard (try? command.run()) != nil else { return [] }
  let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  command.waitUntilExit()
  return text.split(whereSeparator: \.isWhitespace).map(String.init)
}

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], path: String? = nil,
  exclude: [String] = [], resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, exclude: exclude, resources: resources,
    swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
    swiftSettings: strict)
}

let package = Package(
  name: "sloreport",
  products: [
    .executable(name: "sloreport", targets: ["sloreport"]),
    .executable(name: "sloreport-bench", targets: ["Bench"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CSystem"),
    .target(name: "CCairo", cSettings: [.unsafeFlags(headerPaths(of: "pangocairo"))]),
    .target(name: "CPostgres", cSettings: [.unsafeFlags(headerPaths(of: "libpq"))]),

    room("Model"),
    room(
      "HistoryQueries", path: "queries/history",
      resources: [.embedInCode("statements")]),
    room(
      "ReportTemplates", path: "reports/templates",
      resources: [.embedInCode("report.html"), .embedInCode("report.css")]),
    room(
      "PriceJobsQueries", path: "queries/price-jobs",
      resources: [
        .embedInCode("connection_limit.sql"), .embedInCode("connections.sql"),
        .embedInCode("database_size.sql"), .embedInCode("durations.sql"),
        .embedInCode("freshness.sql"), .embedInCode("incidents.sql"),
        .embedInCode("rate_limits.sql"), .embedInCode("run_volume.sql"),
        .embedInCode("success.sql"), .embedInCode("table_sizes.sql"), .embedInCode("volume.sql"),
      ]),
    room(
      "PackFiles", ["PriceJobsQueries"], path: "packs",
      exclude: [
        "price-jobs/schema.sql", "price-jobs/history.sql", "price-jobs/checksum.sql",
      ],
      resources: [
        .embedInCode("pricing-sync/pricing_sync.yaml"),
        .embedInCode("price-jobs/price_jobs.yaml"), .embedInCode("starter.yaml"),
      ]),

    room("Definitions", ["Model", "Yams"]),
    room("Ingest", ["Model", "CPostgres", "CSystem", "CZlib"]),
    room("History", ["Model", "HistoryQueries", "CSQLite", "CZlib"]),
    room("Analytics", ["Model"]),
    room("Charts", ["Model", "CCairo", "CZlib"]),
    room("Delivery", ["Model", "CSystem"]),
    room("Printing", ["Model", "CSystem"]),

    room("Reports", ["Model", "Analytics", "Charts", "ReportTemplates"]),

    .executableTarget(
      name: "sloreport",
      dependencies: [
        "Model", "Definitions", "Ingest", "History", "Analytics", "Charts", "Delivery", "Printing",
        "Reports", "PackFiles", "CSystem",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),
    .executableTarget(
      name: "PackData", dependencies: ["Model", "CSystem", "CZlib"], swiftSettings: strict),
    .executableTarget(
      name: "Bench",
      dependencies: ["Model", "Charts", "Ingest", "Analytics", "CSQLite", "CSystem"],
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Model"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("ModelTests", ["Model"]),
    tests("DefinitionsTests", ["Definitions", "Model"]),
    tests("IngestTests", ["Ingest", "Model"]),
    tests("HistoryTests", ["History", "Model", "Ingest"]),
    tests("AnalyticsTests", ["Analytics", "Ingest", "Model", "Yams"]),
    tests("ChartsTests", ["Charts", "Model"], exclude: ["Golden"]),
    tests("DeliveryTests", ["Delivery", "Model"]),
    tests("PrintingTests", ["Printing", "Model"]),
    tests("ReportsTests", ["Reports", "Analytics", "Charts", "Model"]),
    tests("ArchitectureTests", ["Model"]),
    tests(
      "sloreportTests", ["History", "Model", "PackData", "Reports", "sloreport"],
      exclude: ["Golden"]),
  ]
)

// A build for scripts/fuzz alone: it needs the internals of Ingest, and code that counts its branches.
if Context.environment["SLOREPORT_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "Fuzz", dependencies: ["Ingest", "Model"], path: "Tests/Fuzz", exclude: ["seeds"],
      swiftSettings: strict))
}

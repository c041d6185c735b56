private import PriceJobsQueries

/// A file of a pack; its path starts at the configuration's folder.
public struct PackFile: Sendable {
  public let path: String
  public let content: [UInt8]
}

/// Ready-made configurations, with the queries they name.
public enum PackFiles {
  /// The path that a configuration has in a pack.
  public static let configuration = "sloreport.yaml"

  /// A small configuration to edit.
  public static let starter = [
    PackFile(path: configuration, content: PackageResources.starter_yaml)
  ]

  public static let names = ["pricing-sync", "price-jobs"]

  /// The files of a pack, its configuration first; `nil` when there is no such pack.
  public static func pack(named name: String) -> [PackFile]? {
    switch name {
    case "pricing-sync":
      [PackFile(path: configuration, content: PackageResources.pricing_sync_yaml)]
    case "price-jobs":
      [PackFile(path: configuration, content: PackageResources.price_jobs_yaml)]
        + PriceJobsQueries.files.map {
          PackFile(path: "queries/price-jobs/\($0.name)", content: $0.content)
        }
    default: nil
    }
  }
}

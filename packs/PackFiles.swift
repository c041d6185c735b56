/// Ready-made configurations.
public enum PackFiles {
  /// A small configuration to edit.
  public static let starter = PackageResources.starter_yaml

  public static let names = ["pricing-sync"]

  /// The configuration of a pack; `nil` when there is no such pack.
  public static func pack(named name: String) -> [UInt8]? {
    name == "pricing-sync" ? PackageResources.pricing_sync_yaml : nil
  }
}

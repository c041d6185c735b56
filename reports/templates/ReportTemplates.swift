/// The frame and the style of the reports: markup with holes, and no logic.
public enum ReportTemplates {
  /// The page around a report; `{{name}}` is a slot.
  public static let frame = String(decoding: PackageResources.report_html, as: UTF8.self)
  /// The style of all reports, without colours: those come from the charts' palette.
  public static let style = String(decoding: PackageResources.report_css, as: UTF8.self)
}

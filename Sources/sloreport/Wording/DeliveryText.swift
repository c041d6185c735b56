import Charts
import Delivery
import Glibc

/// Words for output that could not be written.
enum DeliveryText {
  static func failure(_ error: DeliveryError) -> Failure {
    let verb =
      switch error.step {
      case .create: "be created"
      case .write: "be written"
      case .sync: "be synced"
      case .rename: "be renamed"
      case .remove: "be removed"
      case .read: "be read"
      case .open: "be used"
      case .settle: "be synced"
      case .lock: "be locked"
      }
    let status: ExitStatus =
      switch error.code {
      case _ where error.step == .open: .unsafe
      case EWOULDBLOCK where error.step == .lock: .locked
      case ENOSPC, EDQUOT, EIO, EFBIG: .inputOutput
      default: .cannotCreate
      }
    let reason =
      error.step == .open
      ? "anybody may write into it; `chmod o-w` it" : Files.words(error.code)
    let rest =
      switch error.step {
      case .settle: "; the new report is complete"
      case .read: ""
      case .create, .write, .sync, .rename, .remove, .lock, .open:
        "; an earlier report is unchanged"
      }
    return Failure(status, "\(error.path) cannot \(verb): \(reason)\(rest)")
  }
}

import Model

extension Measurement {
  /// Time in the state that readings of 0 and 1 reported, in nanoseconds; one that is ignored ends the state before it.
  ///
  /// A reading holds until the next one of its series, but never longer than `holdAtMost`; time that none holds is not
  /// measured. Nor does it hold beyond the minute of a mark that its series ended. Where several series hold, or one has
  /// several readings of one moment, it is down while any of them says so: what is checked in parts is up when all of
  /// them are, and a selector that takes in too much never hides an outage.
  ///
  /// A minute keeps the times of its first and its last reading alone. With more than two, the time from the first to
  /// the last is down when any of them but the last was; where one was ignored, when any was down, and else not measured.
  ///
  /// Readings other than 0 and 1 are rejected, with their minute; the reading before them holds on.
  static func states(_ series: [Series], holdAtMost: Duration, span: Window) -> Measurement {
    let hold = holdAtMost.nanoseconds
    var (held, down): ([Window], [Window]) = ([], [])
    var odd: [Reject] = []
    for series in series {
      var last: (time: Int64, isUp: Bool, longest: Int64)?
      func end(at next: Int64) {
        guard let last else { return }
        let until = min(next, last.time.addingClamped(last.longest))
        guard until > last.time else { return }
        let window = Window(
          start: Instant(nanoseconds: last.time), end: Instant(nanoseconds: until))
        held.append(window)
        if !last.isUp { down.append(window) }
      }
      func take(_ cell: Cell) {
        let hasIgnored = cell.high == CheckState.ignored.value
        guard CheckState(value: cell.low) != nil, CheckState(value: cell.high) != nil,
          hasIgnored || cell.sum.rounded() == cell.sum
        else {
          odd.append(Reject(minute: cell.minute, count: cell.count))
          return
        }
        end(at: cell.firstTime)
        if cell.count > 1, cell.firstTime == cell.lastTime {
          last =
            cell.low > 0 && hasIgnored
            ? nil : (time: cell.lastTime, isUp: cell.low > 0, longest: hold)
          return
        }
        if cell.count > 1 {
          let others = cell.count - 1
          let longest = hold.multipliedReportingOverflow(by: others)
          let isUp: Bool? =
            !hasIgnored
            ? Int64(clamping: cell.sum - cell.last) == others
            : others == 1
              ? CheckState(value: cell.first).flatMap { $0 == .ignored ? nil : $0 == .up }
              : cell.low == 0 ? false : nil
          last = isUp.map {
            (
              time: cell.firstTime, isUp: $0,
              longest: longest.overflow ? .max : longest.partialValue
            )
          }
          end(at: cell.lastTime)
        }
        last =
          cell.last == CheckState.ignored.value
          ? nil : (time: cell.lastTime, isUp: cell.last == 1, longest: hold)
      }
      for cell in series.cells {
        if cell.count > 0 { take(cell) }
        if cell.stale > 0 {
          end(at: Instant(minute: cell.minute + 1).nanoseconds)
          last = nil
        }
      }
      end(at: .max)
    }
    return outside(
      of: WindowSet(down), span: span,
      observation: Observation(of: series).observing(WindowSet(held).clipped(to: span)),
      rejects: rejects(of: series, more: odd))
  }

  /// Observed time that does not lie in `down`, in nanoseconds.
  static func outside(
    of down: WindowSet, span: Window, observation: Observation, rejects: [Reject]
  ) -> Measurement {
    let observed = observation.observed.clipped(to: span)
    var builder = TallyBuilder(span: span)
    builder.add(observed, isGood: false)
    builder.add(down.gaps(in: span).intersection(observed), isGood: true)
    return Measurement(
      tally: builder.finish(), unit: .time, observation: observation, rejects: rejects)
  }
}

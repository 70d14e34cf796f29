// Days and the clock of certificates and signatures: whole seconds since 1970 in UTC.
extension Day {
    private static let secondCount: Int64 = 86_400

    // UTC+7, see `init(bangkokDayOfUnixMicroseconds:)`.
    private static let bangkokOffset: Int64 = 7 * 3_600

    /// The civil day in Thailand at an instant.
    package init(bangkokDayOfUnixSeconds seconds: Int64) {
        let local = seconds &+ Day.bangkokOffset
        let (days, rest) = local.quotientAndRemainder(dividingBy: Day.secondCount)
        self.init(daysSinceEpoch: Int32(truncatingIfNeeded: rest < 0 ? days - 1 : days))
    }

    /// From midnight to midnight in Thailand.
    package var bangkokUnixSeconds: Range<Int64> {
        let start = Int64(daysSinceEpoch) * Day.secondCount - Day.bangkokOffset
        return start..<start + Day.secondCount
    }
}

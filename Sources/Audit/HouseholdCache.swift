import Survey

/// The households that were corrected lately.
///
/// Without it, each correction would read its whole stream anew, and a forged stream of many events
/// would take time with the square of their number. Two generations bound the memory: when the
/// younger is full it becomes the older one.
struct HouseholdCache {
    static let generationCount = 1024
    private var young: [String: HouseholdState] = [:]
    private var old: [String: HouseholdState] = [:]

    /// The household before the event of that version, if it is known.
    func household(stream: String, beforeVersion version: UInt32) -> HouseholdState? {
        guard let household = household(stream: stream), household.version == version else {
            return nil
        }
        return household
    }

    /// The household as it was remembered last.
    func household(stream: String) -> HouseholdState? { young[stream] ?? old[stream] }

    mutating func insert(_ household: HouseholdState, stream: String) {
        if young.count >= Self.generationCount {
            old = young
            young = [:]
        }
        young[stream] = household
    }
}

import ArgumentParser
import ProjectionRuntime
import Survey

/// `--as-of`: a tree size, or a day in Thailand.
struct PointInTime: ExpressibleByArgument {
    let asOf: AsOf

    /// The day, where one was named.
    var day: Day? {
        if case .day(let day) = asOf { day } else { nil }
    }

    init?(argument: String) {
        if let size = UInt64(argument), argument.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            asOf = .treeSize(size)
        } else if let day = try? ThaiDate.parse(argument) {
            asOf = .day(day)
        } else {
            return nil
        }
    }
}

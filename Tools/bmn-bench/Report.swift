import Foundation

/// One line of the CSV.
struct Figure {
    var metric: String
    var batch: Int?
    var records: Int?
    let value: Double
    let unit: String
    /// What the value is compared with: bare C on the same bytes in the same run, or one client.
    var limit: Double?
    /// What design and issue ask for, of the ratio where there is a limit and else of the value.
    var target: Target?

    enum Target {
        case atLeast(Double)
        case atMost(Double)
    }

    static let header = "metric,batch,records,value,unit,limit,ratio"

    var ratio: Double? { limit.map { value / $0 } }

    var line: String {
        let fields: [String] = [
            metric, batch.map(String.init) ?? "", records.map(String.init) ?? "", Self.text(value),
            unit, limit.map(Self.text) ?? "",
            ratio.map { String(format: "%.3f", $0) } ?? "",
        ]
        return fields.joined(separator: ",")
    }

    /// Whether the target was reached; nil where there is none.
    var isReached: Bool? {
        let judged = ratio ?? value
        return switch target {
        case .atLeast(let least): judged >= least
        case .atMost(let most): judged <= most
        case nil: nil
        }
    }

    var judgement: String? {
        guard let target, let isReached else { return nil }
        let bound =
            switch target {
            case .atLeast(let least): "at least \(least)"
            case .atMost(let most): "at most \(most)"
            }
        let batch = batch.map { " by \($0)" } ?? ""
        let judged = String(format: "%.3f", ratio ?? value)
        let verdict = isReached ? "reached" : "MISSED"
        return "\(verdict): \(metric)\(batch) \(judged), asked for \(bound)"
    }

    private static func text(_ value: Double) -> String {
        String(format: abs(value) < 1000 ? "%.3f" : "%.0f", value)
    }
}

/// Prints figures as they come and remembers which missed their target.
struct Report {
    private(set) var figures: [Figure] = []

    mutating func add(_ figure: Figure) {
        figures.append(figure)
        Self.write(figure.line, to: .standardOutput)
        if let judgement = figure.judgement { Self.note(judgement) }
    }

    var missedCount: Int { figures.count { $0.isReached == false } }

    /// A message for people; the CSV stays alone on standard output.
    static func note(_ text: String) {
        write(text, to: .standardError)
    }

    static func write(_ line: String, to file: FileHandle) {
        file.write(Data((line + "\n").utf8))
    }
}

extension [Double] {
    /// The middle of the values, which one slow round does not move.
    var median: Double {
        let sorted = sorted()
        guard let last = sorted.last else { return .nan }
        let middle = count / 2
        return count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2
            : (middle < count ? sorted[middle] : last)
    }
}

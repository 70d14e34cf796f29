/// Shape checks of papers, and of what is read from them.
extension Validation {
    /// A number or text as it stands on a paper.
    static func reading(_ reading: Reading, _ field: String) throws(Rejection) {
        try paperText(reading.asRead, "\(field).asRead")
        try optionalPaperText(reading.asUnderstood, "\(field).asUnderstood")
        try optionalPaperText(reading.note, "\(field).note")
        switch reading.certainty {
        case .certain, .likely:
            // Whoever is sure of it can say it.
            guard !reading.asUnderstood.isEmpty else {
                throw Rejection(.commandIncomplete, "\(field).asUnderstood")
            }
        case .unknown: break
        case .unspecified: throw Rejection(.commandIncomplete, "\(field).certainty")
        case .UNRECOGNIZED: throw Rejection(.valueUnknown, "\(field).certainty")
        }
    }

    /// Papers as another one cites them.
    static func cites(_ cites: [Reading]) throws(Rejection) {
        try list(cites.count, atMost: Limit.cites, "cites")
        for (offset, cited) in cites.enumerated() {
            try reading(cited, "cites[\(offset + 1)]")
        }
        try together(cites.flatMap { [$0.asRead, $0.asUnderstood, $0.note] }, "cites")
    }

    /// A date as it stands on a paper: a day, a month, a year, or nothing that anybody can say.
    static func dateReading(_ reading: Reading, _ field: String, _ act: Act) throws(Rejection) {
        try Self.reading(reading, field)
        guard !reading.asUnderstood.isEmpty else { return }
        let place = "\(field).asUnderstood"
        guard let earliest = reading.earliestDay else {
            // A month or a year is filled up, to be known as Buddhist-era as well as a day.
            let missing = max(0, 10 - reading.asUnderstood.utf8.count)
            let day = reading.asUnderstood + "-01-01".prefix(missing)
            throw Rejection(Day.looksBuddhist(day) ? .dateLooksBuddhist : .dateMalformed, place)
        }
        guard earliest <= act.day else { throw Rejection(.dayAfterAct, place) }
    }

    /// A day on which something had happened, when it was told.
    @discardableResult
    static func pastDay(_ text: String, _ field: String, _ act: Act) throws(Rejection) -> Day {
        let day = try day(text, field)
        guard day <= act.day else { throw Rejection(.dayAfterAct, field) }
        return day
    }

    static func documents(_ documents: [Document]) throws(Rejection) {
        try list(documents.count, atMost: Limit.documents, "documents")
        var digests: Set<String> = []
        for (offset, document) in documents.enumerated() {
            let place = "documents[\(offset + 1)]"
            guard isDigest(document.sha256), isMediaType(document.mediaType),
                (1...Limit.documentByteCount).contains(document.byteCount)
            else { throw Rejection(.documentMalformed, place) }
            try optionalPaperText(document.title, "documents.title")
            try paperText(document.number, "documents.number", byteCount: itemByteCount)
            guard digests.insert(document.sha256).inserted else {
                throw Rejection(.documentDuplicate, place)
            }
        }
        try together(documents.map(\.title), "documents")
    }

    /// Texts that share what a record has room for.
    static func together(_ texts: [String], _ field: String) throws(Rejection) {
        let byteCount = texts.reduce(0) { $0 + $1.utf8.count }
        try list(byteCount, atMost: Limit.textsByteCount, field)
    }

    private static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }

    /// `type/subtype` in the characters of RFC 6838 section 4.2.
    private static func isMediaType(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2 && text.utf8.count <= Limit.mediaTypeByteCount
            && parts.allSatisfy { part in
                !part.isEmpty
                    && part.utf8.allSatisfy { byte in
                        switch byte {
                        case UInt8(ascii: "A")...UInt8(ascii: "Z"),
                            UInt8(ascii: "a")...UInt8(ascii: "z"),
                            UInt8(ascii: "0")...UInt8(ascii: "9"):
                            true
                        default: "!#$&-^_.+".utf8.contains(byte)
                        }
                    }
            }
    }
}

/// Bounds of papers, meetings and trainings; see `Limit`.
extension Limit {
    static let documents = 50
    static let documentByteCount: UInt64 = 1 << 30
    static let mediaTypeByteCount = 100
    /// Of titles, of resolutions with their dissents, or of cited papers, each together.
    static let textsByteCount = 4_000
    static let addressees = 200
    static let cites = 20
    static let attendees = 200
    static let guests: UInt32 = 10_000
    static let resolutions = 50
    /// Of all resolutions of one meeting.
    static let dissents = 50
    static let trainers = 50
    static let participants = 400
    /// Of a quorum; halves, thirds and per cent fit.
    static let quorumDenominator: UInt32 = 100
}

extension Document {
    /// Whether the rules would take it from a command, before anybody keeps its paper.
    package func check() throws(Rejection) { try Validation.documents([self]) }
}

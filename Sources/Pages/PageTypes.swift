package import Survey

/// The language that a page is written in; Thai comes first.
package enum PageLanguage: String, Sendable {
    case th, en

    /// The same as the rest of the program has it.
    package var language: Language { self == .th ? .thai : .english }
}

/// Who reads, and what of households that person may see.
package struct PageReader: Sendable {
    package let person: String
    /// The names of the roles that the person has anywhere.
    package let roles: [String]
    package let readsHousehold:
        @Sendable (_ cycle: String, _ village: String, _ lao: String) -> Bool
    /// Whether the person may enter and correct a household there, and see what it answered.
    package var entersHousehold:
        @Sendable (_ cycle: String, _ village: String, _ lao: String) -> Bool = { _, _, _ in false }
    /// What a form of this session has to carry.
    package let csrf: String
    /// Whether there is anything that the person may enter.
    package let enters: Bool

    package init(
        person: String,
        roles: [String],
        readsHousehold:
            @escaping @Sendable (_ cycle: String, _ village: String, _ lao: String) -> Bool,
        csrf: String,
        enters: Bool = false
    ) {
        self.enters = enters
        self.person = person
        self.roles = roles
        self.readsHousehold = readsHousehold
        self.csrf = csrf
    }
}

/// What is asked for, apart from HTTP.
package struct PageRequest: Sendable {
    /// The parts between the slashes, percent-decoded; none for `/`.
    package let path: [String]
    package let query: [String: String]
    package let language: PageLanguage
    /// Nil only for the pages that somebody signs in with.
    package let reader: PageReader?
    package let nowSeconds: Int64

    package init(
        path: [String],
        query: [String: String],
        language: PageLanguage,
        reader: PageReader?,
        nowSeconds: Int64
    ) {
        self.path = path
        self.query = query
        self.language = language
        self.reader = reader
        self.nowSeconds = nowSeconds
    }

    /// Today in Thailand.
    package var today: Day {
        Day(bangkokDayOfUnixMicroseconds: nowSeconds.multipliedReportingOverflow(by: 1_000_000).0)
    }
}

/// What is answered, apart from HTTP.
package struct PageAnswer: Sendable {
    package let status: Int
    package let contentType: String
    package let body: [UInt8]
    /// Where to go instead.
    package let location: String?
    /// The file name of what is to be saved and not shown.
    package let name: String?

    package init(
        status: Int = 200,
        contentType: String = PageAnswer.html,
        body: [UInt8],
        location: String? = nil,
        name: String? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.location = location
        self.name = name
    }

    package static let html = "text/html; charset=utf-8"
}

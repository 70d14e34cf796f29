package import LedgerReader
package import ProjectionRuntime

/// The pages of the service: a request in, bytes out (PAGES.md).
///
/// Nothing is written and no HTTP is spoken here. Everything comes from the read models and from
/// snapshots of the ledger, and none of it is personal data: that stays sealed.
package struct Pages: Sendable {
    let survey: SurveyDatabase
    let reader: LedgerReader
    /// The ledger's name.
    let origin: String
    /// The address under which the service is known, `https://bmn.example.go.th`; without it, codes
    /// on paper name the path alone.
    let address: String
    package let layout: Layout

    package init(
        survey: SurveyDatabase,
        reader: LedgerReader,
        origin: String,
        address: String
    ) throws {
        self.survey = survey
        self.reader = reader
        self.origin = origin
        self.address = address
        layout = try Layout()
    }

    /// Answers every GET that is no asset; it reads, so it belongs on a thread that may wait.
    @available(*, noasync)
    package func answer(_ request: PageRequest) throws -> PageAnswer {
        let context = PageContext(pages: self, request: request)
        do {
            return try route(context)
        } catch let missing as NoSuchPage {
            return context.notFound(missing)
        }
    }

    @available(*, noasync)
    private func route(_ context: PageContext) throws -> PageAnswer {
        guard context.request.reader != nil else { throw NoSuchPage.page }
        let path = context.request.path
        switch (path.first, path.count) {
        case (nil, _): return try context.overview()
        case ("areas"?, 1): return try context.areas()
        case ("areas"?, 2): return try context.area(path[1])
        case ("households"?, 1): return try context.households()
        case ("households"?, 2): return try context.household(path[1])
        case ("certifications"?, 1): return try context.certifications()
        case ("certifications"?, 2): return try context.certification(path[1])
        case ("certifications"?, 3) where path[2] == "form":
            return try context.certificationForm(path[1])
        case ("certifications"?, 3) where path[2] == "statement":
            return try context.statementFile(path[1])
        case ("lists"?, 1): return context.lists()
        case ("lists"?, 2): return try context.list(named: path[1])
        case ("records"?, 1): return try context.records()
        case ("records"?, 2): return try context.record(path[1])
        case ("records"?, 3) where path[2] == "bytes": return try context.recordFile(path[1])
        case ("checkpoints"?, 1): return try context.checkpoints()
        default: throw NoSuchPage.page
        }
    }

    /// A file that pages load, by its path below `/assets/`; nil for any other.
    package static func asset(_ path: String) -> (contentType: String, bytes: [UInt8])? {
        Assets.files[path]
    }
}

/// Why there is nothing to show.
enum NoSuchPage: Error {
    case page, area, household, certification, record
    /// No cycle is defined yet.
    case cycle
}

package import Access
import Foundation
import LedgerReader
package import LedgerWriter
package import Logging
package import Pages
package import ProjectionRuntime

/// What the service is given; it opens nothing itself.
package struct ServiceParts: Sendable {
    package let writer: LedgerWriter
    package let survey: SurveyDatabase
    package let access: AccessStore
    package let drafts: DraftStore
    package let pages: Pages
    package let web: WebSettings
    /// Microseconds since 1970; the same clock that the writer has.
    package let clock: @Sendable () -> Int64
    package var limits = ServiceLimits()
    /// Whether anybody may read all records below /log/.
    package var isLogPublic = false
    /// The program that verifies, which lies beside this one.
    package var auditProgram = Self.besideThisProgram("bmn-audit")
    package let logger: Logger

    package init(
        writer: LedgerWriter,
        survey: SurveyDatabase,
        access: AccessStore,
        drafts: DraftStore,
        pages: Pages,
        web: WebSettings = WebSettings(),
        clock: @escaping @Sendable () -> Int64,
        limits: ServiceLimits = ServiceLimits(),
        logger: Logger
    ) {
        self.writer = writer
        self.survey = survey
        self.access = access
        self.drafts = drafts
        self.pages = pages
        self.web = web
        self.clock = clock
        self.limits = limits
        self.logger = logger
    }

    var reader: LedgerReader { writer.reader }

    private static func besideThisProgram(_ name: String) -> String {
        URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
            .appending(path: name).path
    }
}

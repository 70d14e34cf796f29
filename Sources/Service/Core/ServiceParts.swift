package import Access
import LedgerReader
package import LedgerWriter
package import Logging
package import ProjectionRuntime

/// What the service is given; it opens nothing itself.
package struct ServiceParts: Sendable {
    package let writer: LedgerWriter
    package let survey: SurveyDatabase
    package let access: AccessStore
    /// Microseconds since 1970; the same clock that the writer has.
    package let clock: @Sendable () -> Int64
    package var limits = ServiceLimits()
    package let logger: Logger

    package init(
        writer: LedgerWriter,
        survey: SurveyDatabase,
        access: AccessStore,
        clock: @escaping @Sendable () -> Int64,
        limits: ServiceLimits = ServiceLimits(),
        logger: Logger
    ) {
        self.writer = writer
        self.survey = survey
        self.access = access
        self.clock = clock
        self.limits = limits
        self.logger = logger
    }

    var reader: LedgerReader { writer.reader }
}

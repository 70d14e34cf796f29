import Audit
import AuditTestSupport
import Cryptography
import Ledger
import Survey
import Testing

/// Level 4 for the papers that records name.
@Suite struct AttachmentTests {
    private let source: MemorySource
    /// The records that name the one document of the script.
    private let indexes: [UInt64]
    private let document: Document

    init() throws {
        let log = try ForgedLog(HonestLog(.certified).records)
        let named = try log.records.map {
            try unsafe EventCodec.decode($0.span.bytes).event.documents
        }
        source = MemorySource(log.records)
        indexes = named.indices.filter { !named[$0].isEmpty }.map { UInt64($0) }
        document = try #require(named.flatMap(\.self).first)
    }

    private func verdict(
        _ attachments: [Digest: AttachmentState]?,
        only check: Check? = nil
    ) throws
        -> Verdict
    {
        var source = source
        source.attachments = attachments
        return try verify(source, only: check)
    }

    private var sha256: Digest { get throws { try #require(Digest(hex: document.sha256)) } }

    @Test func `Documents that are what the records name are counted, and nothing is found`() throws
    {
        let right = AttachmentState.read(sha256: try sha256, byteCount: document.byteCount)
        let verdict = try verdict([try sha256: right])
        #expect(verdict.isOK, "\(verdict.findings)")
        #expect(!indexes.isEmpty)
        #expect(verdict.namedDocumentCount == UInt64(indexes.count))
        #expect(verdict.attachmentCount == UInt64(indexes.count))
    }

    @Test func `A missing document is found at every record that names it`() throws {
        let verdict = try verdict([:])
        #expect(verdict.findings.map(\.index) == indexes)
        #expect(verdict.findings.allSatisfy { $0.code == .attachmentMissing })
        #expect(verdict.findings.allSatisfy { $0.check == .signatures })
    }

    @Test func `Other bytes, another size and what cannot be read are found`() throws {
        let wrong: [AttachmentState] = [
            .read(sha256: SHA256.hash([1]), byteCount: document.byteCount),
            .read(sha256: try sha256, byteCount: document.byteCount + 1),
            .unreadable(reason: "it is not a regular file"),
        ]
        for attachment in wrong {
            let verdict = try verdict([try sha256: attachment])
            #expect(verdict.findings.map(\.index) == indexes, "\(attachment)")
            #expect(verdict.findings.allSatisfy { $0.code == .attachmentWrong })
        }
    }

    @Test func `Where no documents are kept they are counted and not looked at`() throws {
        let verdict = try verdict(nil)
        #expect(verdict.isOK)
        #expect(verdict.namedDocumentCount == UInt64(indexes.count))
        #expect(verdict.attachmentCount == 0)
    }

    @Test func `Other levels alone do not ask for documents`() throws {
        #expect(try verdict([:], only: .chain).isOK)
        #expect(try verdict([:], only: .rules).isOK)
        #expect(try !verdict([:], only: .signatures).isOK)
    }
}

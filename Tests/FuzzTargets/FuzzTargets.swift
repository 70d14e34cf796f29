import Cryptography
import EvidenceContainer
import Ledger
import Survey
import TransparencyLog
import Witness

extension FuzzTarget {
    /// Every parser that bytes from outside reach.
    package static let all: [FuzzTarget] = [
        note, checkpoint, proof, tileBundle, policy, witnessRequest, record, container,
        timestampToken, timestampResponse, signature, certificate,
    ]

    private static let note = FuzzTarget(
        "note",
        seeds: [Samples.note.encoded],
        read: { try SignedNote(bytes: $0) },
        write: { $0.encoded }
    )

    private static let checkpoint = FuzzTarget(
        "checkpoint",
        seeds: [Array(Samples.note.text.utf8)],
        read: { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else { throw NotText() }
            return try Checkpoint(text: text)
        },
        write: { Array($0.text.utf8) }
    )

    private static let proof = FuzzTarget(
        "proof",
        seeds: [Samples.proof.encoded],
        read: { try TLogProof(bytes: $0) },
        write: { $0.encoded }
    )

    /// The first byte is the number of entries.
    private static let tileBundle = FuzzTarget(
        "tile-bundle",
        seeds: [[2, 0, 1, 7, 0, 0]],
        read: { bytes in
            let tile = try Tile(level: 0, index: 0, width: Int(bytes.first ?? 0))
            return (bytes.first, try EntryBundle.decode(Array(bytes.dropFirst()), of: tile))
        },
        write: { [$0.0].compactMap(\.self) + (try EntryBundle.encode($0.1)) }
    )

    private static let policy = FuzzTarget(
        "policy",
        seeds: [Array(Samples.policy.utf8)],
        judge: { bytes in
            let policy = try LogPolicy(bytes: bytes)
            _ = try? policy.evaluate(Samples.note)
        }
    )

    private static let witnessRequest = FuzzTarget(
        "witness-request",
        seeds: [Array("old 0\n\n".utf8) + Samples.note.encoded],
        judge: { _ = try AddCheckpointRequest(bytes: $0) }
    )

    private static let record = FuzzTarget(
        "record",
        seeds: [Array(Samples.record.utf8)],
        read: { bytes in
            let recorded = try unsafe EventCodec.decode(bytes.span.bytes)
            // Whether an event has its one spelling is for the structure level to say.
            let scanned = try unsafe RecordScanner.scan(bytes.span.bytes)
            guard EventCodec.encode(recorded.event) == Array(bytes[scanned.eventBytes]) else {
                throw NotText()
            }
            return recorded
        },
        write: { recorded in
            let json = EventCodec.encode(recorded.event)
            guard let record = RecordEncoder.encode(recorded.envelope, eventJSON: json) else {
                throw NotText()
            }
            return record.bytes
        }
    )

    private static let container = FuzzTarget(
        "container",
        seeds: Samples.container.map { [$0] } ?? [],
        judge: { _ = try EvidenceContainer(bytes: $0).check() }
    )

    private static let timestampToken = FuzzTarget(
        "timestamp-token",
        seeds: [Array(Samples.timestampResponse.dropFirst(9))],
        judge: { bytes in
            _ = try TimestampToken(der: bytes).verifyWithoutChain(imprint: .zero)
        }
    )

    private static let timestampResponse = FuzzTarget(
        "timestamp-response",
        seeds: [Samples.timestampResponse],
        judge: { _ = try TimestampResponse(der: $0).token() }
    )

    private static let signature = FuzzTarget(
        "cms-signature",
        seeds: Samples.signature.map { [$0] } ?? [],
        judge: { bytes in
            // Accepted is only what is signed, so that mutations have something to break.
            _ = try DetachedSignature(der: bytes).verifyWithoutChain(Samples.signedContent)
        }
    )

    private static let certificate = FuzzTarget(
        "certificate",
        seeds: Samples.certificate.map { [$0] } ?? [],
        judge: { bytes in
            // Before anything tells that it is one.
            _ = CitizenID.isFound(inDER: bytes)
            let certificate = try Certificate(der: bytes)
            _ = (certificate.subject, certificate.subjectTexts, certificate.extendedKeyUsages)
        }
    )
}

private struct NotText: Error {}

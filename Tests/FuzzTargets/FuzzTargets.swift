import Audit
import Cryptography
import Evidence
import EvidenceContainer
import Ledger
import Survey
import TransparencyLog
import Witness

extension FuzzTarget {
    /// The parsers that bytes from outside reach; a new one is named here.
    package static let all: [FuzzTarget] = [
        note, checkpoint, proof, tileBundle, policy, witnessRequest, record, container, manifest,
        deflate, bundle, timestampToken, timestampResponse, signature, certificate, questionnaire,
        answers, registration, assertion, clientData, coseKey,
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
            return nil
        }
    )

    private static let witnessRequest = FuzzTarget(
        "witness-request",
        seeds: [Array("old 0\n\n".utf8) + Samples.note.encoded],
        judge: { bytes in
            _ = try AddCheckpointRequest(bytes: bytes)
            return nil
        }
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
        seeds: [Samples.container],
        judge: { bytes in
            _ = try EvidenceContainer(bytes: bytes).check()
            return nil
        }
    )

    /// In a container, a checksum keeps mutations away from it.
    private static let manifest = FuzzTarget(
        "manifest",
        seeds: [Samples.manifest],
        judge: { bytes in
            // Others may spell it otherwise, but what is read is what is written.
            let manifest = try ASiCManifest(bytes: bytes, name: "m")
            let again = try? ASiCManifest(bytes: manifest.encoded, name: "m")
            return again == manifest ? nil : "it is written again as another manifest"
        }
    )

    /// The claimed size in two bytes, then the packed bytes.
    private static let deflate = FuzzTarget(
        "deflate",
        seeds: Samples.deflated,
        judge: { bytes in
            guard bytes.count >= 2 else { throw NotText() }
            let claim = Int(bytes[0]) << 8 | Int(bytes[1])
            guard let contents = Inflate.inflate(bytes[2...], byteCount: claim) else {
                throw NotText()
            }
            return contents.count == claim ? nil : "it gives other than the size it claims"
        }
    )

    /// A list of files, sealed in memory.
    ///
    /// A checksum and digests would keep mutations away from what reads them. Nobody signs the
    /// container, which is a finding of all of them.
    private static let bundle = FuzzTarget(
        "bundle",
        seeds: Samples.bundles.map(FileList.encode),
        judge: { bytes in
            let container = try EvidenceContainer(
                bytes: EvidenceContainer.make(
                    files: try FileList.decode(bytes),
                    signers: [ManifestSigner(.signature) { _ in [0x30, 0] }]
                )
            )
            let verdict = BundleAuditor.verify(container).verdict
            let others = verdict.findings.filter { $0.code != .containerSignatureInvalid }
            guard others.isEmpty else { throw NotText() }
            return verdict.checks.isEmpty ? "nothing was checked" : nil
        }
    )

    private static let timestampToken = FuzzTarget(
        "timestamp-token",
        seeds: [Array(Samples.timestampResponse.dropFirst(9))],
        judge: { bytes in
            _ = try TimestampToken(der: bytes).verifyWithoutChain(imprint: .zero)
            return nil
        }
    )

    private static let timestampResponse = FuzzTarget(
        "timestamp-response",
        seeds: [Samples.timestampResponse],
        judge: { bytes in
            _ = try TimestampResponse(der: bytes).token()
            return nil
        }
    )

    private static let signature = FuzzTarget(
        "cms-signature",
        seeds: [Samples.signature],
        judge: { bytes in
            // Accepted is only what is signed, so that mutations have something to break.
            _ = try DetachedSignature(der: bytes).verifyWithoutChain(Samples.signedContent)
            return nil
        }
    )

    private static let certificate = FuzzTarget(
        "certificate",
        seeds: [Samples.certificate],
        judge: { bytes in
            // Before anything tells that it is one.
            _ = CitizenID.isFound(inDER: bytes)
            let certificate = try Certificate(der: bytes)
            _ = (certificate.subject, certificate.subjectTexts, certificate.extendedKeyUsages)
            return nil
        }
    )
}

/// The input is refused.
struct NotText: Error {}

import Cryptography
import Ledger
import Survey
import TransparencyLog
import WebAuthn

/// What the records of a bundle say, as far as its other files need it.
struct BundleStory {
    /// A signature of a member, and where its key was registered.
    struct Signed {
        let index: UInt64
        let signature: CertificationSignature
        /// The record that registered the key; nil where the bundle has none.
        let keyIndex: UInt64?
        /// The key of a passkey, which only its registration tells.
        let passkey: PasskeyPublicKey?
    }

    let contents: BundleContents
    let subject: BundleSubject
    let records: [RecordedEvent]
    let checkpoint: Checkpoint
    let cosigned: [UInt8]
    let logKey: VerifierKey
    private(set) var prepared: (index: UInt64, event: CertificationPrepared)?
    private(set) var signed: [Signed] = []

    init(_ contents: BundleContents) throws(BundleError) {
        var records: [RecordedEvent] = []
        for entry in contents.entries {
            let index = entry.proof.leafIndex
            guard let record = try? entry.record.decoded(), record.index == index else {
                throw BundleError("record \(index) is no record of that index")
            }
            records.append(record)
        }
        try self.init(contents, records: records)
    }

    /// The same for whoever has decoded the records, which are those of the entries, in their order.
    init(_ contents: BundleContents, records: [RecordedEvent]) throws(BundleError) {
        self.contents = contents
        self.records = records
        subject = try Self.subject(of: records)
        do throws(TransparencyLogError) {
            checkpoint = try contents.checkpoint.checkpoint()
            cosigned = try contents.checkpoint.cosigned().encoded
        } catch {
            throw BundleError("the checkpoint: \(error)")
        }
        logKey = try Self.logKey(records, checkpoint.treeHead.treeSize)
        readSignatures()
    }

    private static func subject(of records: [RecordedEvent]) throws(BundleError) -> BundleSubject {
        let subjects = Set(records.compactMap { BundleSubject(stream: $0.envelope.stream) })
        guard let subject = subjects.first, subjects.count == 1 else {
            throw BundleError("the records are of \(subjects.count) certifications and households")
        }
        return subject
    }

    /// The key in force at a tree size.
    private static func logKey(
        _ records: [RecordedEvent],
        _ treeSize: UInt64
    ) throws(BundleError) -> VerifierKey {
        var state = State()
        for record in records where record.envelope.stream == "ledger" {
            state.evolve(record.event, index: record.index, on: record.envelope.day)
        }
        guard let vkey = state.logKey(treeSize: treeSize),
            let key = try? VerifierKey(vkey: vkey)
        else { throw BundleError("no record names a key of the log") }
        return key
    }

    private mutating func readSignatures() {
        var keys: [String: UInt64] = [:]
        let passkeys = passkeys
        for record in records {
            switch record.event.kind {
            case .memberKeyRegistered(let key):
                keys["\(Hex.encode(Array(key.publicKey))) \(key.person)"] = record.index
            case .memberCertificateRegistered(let registration):
                let der = Array(registration.certificate)
                keys["\(SHA256.hash(der).hex) \(registration.person)"] = record.index
            case .passkeyRegistered(let passkey):
                let id = Hex.encode(Array(passkey.credentialID))
                keys["\(id) \(passkey.person)"] = record.index
            case .certificationPrepared(let event): prepared = (record.index, event)
            case .certificationSigned(let signature):
                let name = "\(Self.means(of: signature)) \(signature.person)"
                signed.append(
                    Signed(
                        index: record.index,
                        signature: signature,
                        keyIndex: keys[name],
                        passkey: signature.form == .passkey ? passkeys[name] : nil
                    )
                )
            default: break
            }
        }
    }

    /// Registered before or after a signature: which it was, `keyIndex` tells.
    private var passkeys: [String: PasskeyPublicKey] {
        var keys: [String: PasskeyPublicKey] = [:]
        for record in records {
            guard case .passkeyRegistered(let passkey) = record.event.kind else { continue }
            let name = "\(Hex.encode(Array(passkey.credentialID))) \(passkey.person)"
            keys[name] = try? PasskeyPublicKey(coseKey: Array(passkey.publicKey))
        }
        return keys
    }

    /// What a signature says it was made with, as its registration is known by.
    private static func means(of signature: CertificationSignature) -> String {
        if signature.form == .passkey {
            return Hex.encode(Array(signature.passkey.credentialID))
        }
        let certificate = MemberSignature.certificate(of: signature)
        return certificate?.sha256.hex ?? Hex.encode(Array(signature.publicKey))
    }
}

extension [UInt8] {
    /// The record's envelope and event.
    func decoded() throws -> RecordedEvent { try EventCodec.decode(unsafe span.bytes) }
}

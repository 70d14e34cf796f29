package import Audit
import Cryptography
package import EvidenceContainer
import Ledger
import Survey
import TransparencyLog

/// Judges a bundle by its files alone, without believing any of them.
package struct BundleAuditor {
    private let trust: Trust
    private let heartbeat: () -> Void
    private var findings = FindingList()
    private var seal = Seal()
    private var signatureCount: UInt64 = 0

    private init(trust: Trust, heartbeat: @escaping () -> Void) {
        self.trust = trust
        self.heartbeat = heartbeat
    }

    /// What the container proves to whoever believes these; without a policy, its own is tried.
    ///
    /// `heartbeat` is called before each file and record, so that somebody knows that it goes on.
    package static func verify(
        _ container: EvidenceContainer,
        trust: Trust = Trust(),
        heartbeat: @escaping () -> Void = {}
    ) -> BundleVerdict {
        var auditor = BundleAuditor(trust: trust, heartbeat: heartbeat)
        return auditor.verify(container)
    }

    private mutating func verify(_ container: EvidenceContainer) -> BundleVerdict {
        var result = BundleVerdict(verdict: Verdict(origin: nil, treeSize: 0))
        result.containerSigners = checkContainer(container)
        let reading = BundleReading(container, heartbeat: heartbeat)
        findings.add(reading.findings, of: Set(Check.allCases))
        result.recordCount = reading.records.count
        guard let contents = reading.contents, let checkpoint = reading.checkpoint else {
            return finish(result, container, reading)
        }
        result.verdict.treeSize = checkpoint.treeHead.treeSize
        result.verdict.rootHash = checkpoint.treeHead.rootHash
        checkFiles(container, contents, reading.records.map(\.recorded))
        var replay = BundleReplay(reading.records, checkpoint.treeHead)
        replay.run(heartbeat: heartbeat)
        findings.add(replay.findings, of: Set(Check.allCases))
        signatureCount += replay.signatureCount
        result.subject = replay.subject
        result.status = replay.certificationStatus
        result.verdict.origin = replay.origin
        if let origin = replay.origin, origin != checkpoint.origin {
            add(.checkpointMismatch, nil, "the checkpoint is of \(checkpoint.origin)")
        }
        let vkey = replay.logKey(treeSize: checkpoint.treeHead.treeSize)
        result.logKey = vkey.flatMap { try? VerifierKey(vkey: $0) }
        checkSignature(contents.checkpoint, vkey)
        result.policySource = checkPolicy(contents)
        for token in contents.checkpoint.timestamps {
            checkTimestamp(token, contents.checkpoint, reading.records.last?.recorded)
        }
        if trust.timestampRoots != nil, seal.timestamp == nil {
            add(.timestampMissing, nil, "the checkpoint has no time-stamp that counts")
        }
        return finish(result, container, reading)
    }

    private mutating func add(_ code: FindingCode, _ index: UInt64?, _ reason: String) {
        findings.add(code, index, reason)
    }

    /// Whether the container is whole and signed; returns who signed it.
    private mutating func checkContainer(_ container: EvidenceContainer) -> [String] {
        for finding in container.check(heartbeat: heartbeat) {
            add(.containerWrong, nil, finding.english)
        }
        let names = Set(container.files.map(\.name))
        var signers: [String] = []
        for signed in container.manifests {
            signatureCount += 1
            if Set(signed.manifest.references.map(\.name)) != names {
                add(.containerWrong, nil, "\(signed.name) does not list exactly the files")
            }
            guard let signature = signed.signature else { continue }
            do throws(CryptographyError) {
                switch signed.manifest.signatureKind {
                case .signature:
                    let verified = try DetachedSignature(der: Array(signature))
                        .verifyWithoutChain(Array(signed.bytes))
                    let subject = verified.signer.subject
                    if !signers.contains(subject) { signers.append(subject) }
                case .timestamp:
                    _ = try Seal.timestamp(
                        Array(signature),
                        over: Array(signed.bytes),
                        treeSize: 0,
                        roots: trust.timestampRoots
                    )
                }
            } catch {
                add(.containerSignatureInvalid, nil, "\(signed.manifest.signatureName): \(error)")
            }
        }
        if signers.isEmpty {
            add(.containerSignatureInvalid, nil, "nobody signed the container")
        }
        return signers
    }

    /// Makes every file again from what the others prove, and compares.
    private mutating func checkFiles(
        _ container: EvidenceContainer,
        _ contents: BundleContents,
        _ records: [RecordedEvent]
    ) {
        var found = Dictionary(
            container.files.map { ($0.name, $0.contents) },
            uniquingKeysWith: { first, _ in first }
        )
        do throws(BundleError) {
            let story = try BundleStory(contents, records: records)
            BundleFiles.each(of: story) { file in
                heartbeat()
                guard let contents = found.removeValue(forKey: file.name) else {
                    return add(.fileWrong, nil, "\(file.name) is missing")
                }
                if !contents.elementsEqual(file.contents) {
                    add(.fileWrong, nil, "\(file.name) is not what follows from the records")
                }
            }
        } catch {
            return add(.fileWrong, nil, "the files that follow were not compared: \(error)")
        }
        for name in found.keys.sorted() {
            add(.fileWrong, nil, "\(name) belongs to no bundle like this")
        }
    }

    private mutating func checkSignature(_ stored: StoredCheckpoint, _ vkey: String?) {
        signatureCount += 1
        do throws(TransparencyLogError) {
            try stored.note().requireLogSignature(vkey)
            seal.signedTreeSize = stored.treeSize
        } catch {
            add(.checkpointUnsigned, nil, "the checkpoint: \(error)")
        }
    }

    /// Measures the checkpoint by the auditor's policy, else by the bundle's own.
    private mutating func checkPolicy(
        _ contents: BundleContents
    ) -> BundleVerdict.PolicySource {
        var own: LogPolicy?
        if let bytes = contents.policy {
            do throws(TransparencyLogError) {
                own = try LogPolicy(bytes: bytes)
            } catch {
                add(.fileWrong, nil, "\(BundleName.policy): \(error)")
            }
        }
        guard let policy = trust.policy ?? own else { return .none }
        let source: BundleVerdict.PolicySource = trust.policy == nil ? .bundle : .auditor
        do throws(TransparencyLogError) {
            let endorsement = try policy.evaluate(try contents.checkpoint.cosigned())
            seal.endorsedTreeSize = endorsement.checkpoint.treeHead.treeSize
            seal.witnesses = endorsement.cosignatures.map { Seal.Witness($0) }
            signatureCount += UInt64(seal.witnesses.count)
        } catch {
            let isUnmet = error.code == .quorumNotReached || error.code == .noKnownSignature
            add(isUnmet ? .policyNotMet : .cosignatureInvalid, nil, "the checkpoint: \(error)")
        }
        return source
    }

    private mutating func checkTimestamp(
        _ token: [UInt8],
        _ stored: StoredCheckpoint,
        _ last: RecordedEvent?
    ) {
        signatureCount += 1
        do throws(CryptographyError) {
            let stamp = try Seal.timestamp(
                token,
                over: stored.noteBytes,
                treeSize: stored.treeSize,
                lastRecordTime: last?.envelope.recordedAt,
                roots: trust.timestampRoots
            )
            if seal.timestamp == nil { seal.timestamp = stamp }
        } catch {
            add(.timestampInvalid, nil, "the checkpoint: \(error)")
        }
    }

    private func finish(
        _ result: BundleVerdict,
        _ container: EvidenceContainer,
        _ reading: BundleReading
    ) -> BundleVerdict {
        var result = result
        let counts: [(Check, UInt64)] = [
            (.structure, UInt64(container.files.count)), (.tree, UInt64(reading.records.count)),
            (.signatures, signatureCount), (.rules, UInt64(reading.records.count)),
            (.figures, figureCount(reading)),
        ]
        result.verdict.seal = seal
        result.verdict.checks = counts.map { check, count in
            CheckResult(
                check,
                checkedCount: count,
                findingCount: findings.count(check)
            )
        }
        result.verdict.findings = findings.kept.sorted()
        return result
    }

    private func figureCount(_ reading: BundleReading) -> UInt64 {
        UInt64(
            reading.records.count { $0.recorded.event.eventKind == .certificationPrepared }
        )
    }
}

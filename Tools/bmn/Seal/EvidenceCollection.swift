import Console
import Cryptography
import Foundation
import LedgerReader
import LedgerWriter
import LogClient
import Survey
import TransparencyLog

/// Asks others to stand behind a checkpoint, and keeps what they answer.
///
/// What went wrong with one is said on standard error, and the others are asked all the same.
struct EvidenceCollection {
    let log: CheckpointLog
    let reader: LedgerReader
    let checkpoint: StoredCheckpoint
    let language: Language

    /// How far an authority's clock may be from ours.
    private static let clockToleranceMicroseconds: Int64 = 5 * 60 * 1_000_000

    /// Collects cosignatures, from all at once; says whether every one of them came.
    func cosign(by witnesses: [WitnessClient]) throws -> Bool {
        guard !witnesses.isEmpty else { return true }
        for witness in witnesses { warn(witness.url) }
        let note = try checkpoint.note()
        let before = try reader.snapshot().checkpoint(below: checkpoint.treeSize)?.treeSize ?? 0
        let reader = reader
        let answers = try Waiting.run {
            await withTaskGroup(of: (Int, Result<[NoteSignature], any Error>).self) { group in
                for (offset, witness) in witnesses.enumerated() {
                    group.addTask {
                        do {
                            let lines = try await witness.cosignatures(
                                of: note,
                                oldSizeHint: before,
                                proof: { try Self.proof(reader, $0, $1) }
                            )
                            return (offset, .success(lines))
                        } catch {
                            return (offset, .failure(error))
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
        }
        var isComplete = true
        for (_, answer) in answers.sorted(by: { $0.0 < $1.0 }) {
            switch answer {
            case .success(let lines):
                try log.add(cosignatures: lines, treeSize: checkpoint.treeSize)
            case .failure(let error):
                isComplete = false
                tell(error)
            }
        }
        return isComplete
    }

    private static func proof(
        _ reader: LedgerReader,
        _ first: UInt64,
        _ second: UInt64
    ) throws -> ConsistencyProof {
        try reader.snapshot().consistencyProof(from: first, to: second)
    }

    private static let unknownAuthority = Phrase(
        thai: "คำเตือน: ไม่ได้ตรวจว่าผู้ประทับเวลาเป็นใคร ใครก็ออกตราประทับเวลาแบบนี้ได้:"
            + " ระบุใบรับรองรากด้วย --tsa-roots",
        english: "warning: whose time-stamp it is was not checked, and anybody could have made it:"
            + " name the roots with --tsa-roots"
    )

    /// Collects a time-stamp from each authority; says whether every one of them came.
    func stamp(by authorities: [TimestampClient], roots: TrustedRoots?) throws -> Bool {
        var isComplete = true
        if roots == nil, !authorities.isEmpty { Notice.line(Self.unknownAuthority.text(language)) }
        for authority in authorities {
            warn(authority.url)
            do {
                let token = try stamp(by: authority, roots: roots)
                try log.add(timestamp: token.der, treeSize: checkpoint.treeSize)
            } catch let error as LedgerError {
                throw error
            } catch {
                isComplete = false
                tell(error)
            }
        }
        return isComplete
    }

    private func stamp(
        by authority: TimestampClient,
        roots: TrustedRoots?
    ) throws -> TimestampToken {
        let imprint = SHA256.hash(checkpoint.noteBytes)
        let nonce = try SecureRandom.bytes(count: 8)
        let request = try TimestampRequest(imprint: imprint, nonce: nonce)
        let reply = try Waiting.run { try await authority.reply(to: request.der) }
        let token = try TimestampResponse(der: reply).token()
        if let roots {
            _ = try token.verify(imprint: imprint, nonce: nonce, roots: roots)
        } else {
            _ = try token.verifyWithoutChain(imprint: imprint, nonce: nonce)
        }
        let difference = token.unixMicroseconds - Composition.now()
        guard abs(difference) <= Self.clockToleranceMicroseconds else {
            throw Failure(
                "timestampClock",
                thai: "นาฬิกาของ \(authority.url.service) ต่างจากเครื่องนี้"
                    + " \(difference / 1_000_000) วินาที: ตรวจนาฬิกา",
                english: "The clock of \(authority.url.service) differs from this one by"
                    + " \(difference / 1_000_000) seconds: check both.",
                exit: .refused
            )
        }
        return token
    }

    /// Whether the checkpoint meets the policy; nil where there is none.
    func meets(_ policy: LogPolicy?, _ checkpoint: StoredCheckpoint) throws -> Bool? {
        guard let policy else { return nil }
        do throws(TransparencyLogError) {
            _ = try policy.evaluate(try checkpoint.cosigned())
            return true
        } catch {
            tell(error)
            return false
        }
    }

    private func warn(_ url: ServiceURL) {
        guard url.isExposed else { return }
        Notice.line(
            language == .thai
                ? "คำเตือน: \(url.service) ไม่ได้เข้ารหัส (http)"
                : "warning: \(url.service) is not encrypted (http)"
        )
    }

    private func tell(_ error: any Error) {
        switch error {
        case let error as LogClientError:
            Notice.line(error.line(language))
        case let failure as Failure: Notice.write(failure.message(language, asJSON: false))
        default: Notice.line("\(error)")
        }
    }
}

extension LogClientError {
    /// The code and one sentence.
    func line(_ language: Language) -> String {
        "\(code.rawValue): \(language == .thai ? thai : english)"
    }
}

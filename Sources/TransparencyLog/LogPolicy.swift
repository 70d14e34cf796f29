import Cryptography

/// Whose checkpoints somebody believes, and how many witnesses must stand behind one
/// (c2sp.org/tlog-policy).
///
///     log <vkey> [<url>]
///     witness <name> <vkey> [<url>]
///     group <name> <k|all|any> <name>...
///     quorum <name|none>
///
/// The names are the policy's own: a witness's cosignatures carry the name in its key.
public struct LogPolicy: Sendable {
    /// The most bytes that are read.
    public static let byteCountMax = 512 * 1024

    /// The most lines of each kind that are read; the specification asks for at least 32.
    public static let lineCountMax = 1024

    /// A log whose checkpoints count.
    public struct Log: Sendable {
        /// With which key it signs; the key's name is the log's origin.
        public let key: VerifierKey

        /// Where it is found, if the policy says so.
        public let url: String?
    }

    /// A witness whose cosignatures count.
    public struct Witness: Sendable {
        /// What the policy calls it.
        public let name: String

        /// With which key it cosigns.
        public let key: VerifierKey

        /// Where it is found, if the policy says so.
        public let url: String?
    }

    /// The logs, in the policy's order.
    public let logs: [Log]

    /// The witnesses, in the policy's order.
    public let witnesses: [Witness]

    /// What must hold of the witnesses; nil where the policy asks for none.
    let quorum: Quorum?

    /// One witness, or so many of several.
    indirect enum Quorum: Sendable {
        /// The place in `witnesses`.
        case witness(Int)
        case group(threshold: Int, members: [Quorum])

        /// Whether these witnesses are enough.
        func isReached(by places: Set<Int>) -> Bool {
            switch self {
            case .witness(let place): places.contains(place)
            case .group(let threshold, let members):
                members.count { member in member.isReached(by: places) } >= threshold
            }
        }
    }

    /// Reads a policy (c2sp.org/tlog-policy, "Policy file syntax and structure").
    ///
    /// What is wrong is thrown as `malformedPolicy`, with the number of the line.
    public init(bytes: [UInt8]) throws(TransparencyLogError) {
        let parser = try LogPolicyParser.parse(bytes)
        logs = parser.logs
        witnesses = parser.witnesses
        quorum = parser.quorum
    }
}

extension LogPolicy {
    /// Who stands behind a checkpoint.
    public struct Endorsement: Sendable {
        /// What they signed.
        public let checkpoint: Checkpoint

        /// With which of the policy's keys the log signed it.
        public let logKey: VerifierKey

        /// The policy's witnesses that cosigned it, in the policy's order: all of them, also beyond
        /// the quorum.
        public let cosignatures: [Cosigned]
    }

    /// A witness's verified cosignature.
    public struct Cosigned: Sendable {
        /// Whose.
        public let witness: Witness

        /// As of when, in seconds since 1970-01-01T00:00:00Z; of several, the latest.
        public let time: UInt64
    }

    /// Who stands behind the note, if that is enough (c2sp.org/tlog-policy, "What is a policy?").
    public func evaluate(
        noteBytes: [UInt8]
    ) throws(TransparencyLogError) -> Endorsement {
        try evaluate(try SignedNote(bytes: noteBytes))
    }

    /// Who stands behind the note, if that is enough (c2sp.org/tlog-policy, "What is a policy?").
    ///
    /// The note must be a checkpoint signed by a log of the policy whose key has the checkpoint's
    /// origin as its name, else `noKnownSignature`; and cosigned by the quorum, else
    /// `quorumNotReached`. A signature under the name and ID of any of the policy's keys that is not
    /// that key's refuses the whole note.
    public func evaluate(_ note: SignedNote) throws(TransparencyLogError) -> Endorsement {
        let checkpoint = try Checkpoint(text: note.text)
        let verified = try note.verified(by: logs.map(\.key) + witnesses.map(\.key))
        let logKey = verified.map(\.key).first { key in
            // By bytes, since Swift takes some spellings as equal.
            key.signatureType == .note && key.name.utf8.elementsEqual(checkpoint.origin.utf8)
        }
        guard let logKey else {
            throw TransparencyLogError(
                .noKnownSignature,
                "No log of the policy named \(checkpoint.origin.debugDescription) signed this."
            )
        }
        var times: [Int: UInt64] = [:]
        for (place, witness) in witnesses.enumerated() {
            let ownTimes = verified.filter { $0.key == witness.key }.compactMap(\.time)
            times[place] = ownTimes.max()
        }
        guard quorum?.isReached(by: Set(times.keys)) ?? true else {
            let names = times.keys.sorted().map { place in witnesses[place].name }
            throw TransparencyLogError(
                .quorumNotReached,
                "The policy's quorum is not reached; cosigned by: "
                    + (names.isEmpty ? "none of its witnesses." : names.joined(separator: ", "))
            )
        }
        return Endorsement(
            checkpoint: checkpoint,
            logKey: logKey,
            cosignatures: times.sorted { $0.key < $1.key }.map { place, time in
                Cosigned(witness: witnesses[place], time: time)
            }
        )
    }
}

import ArgumentParser
import Console
import Cryptography
import LedgerReader
import LedgerWriter
import LogClient
import TransparencyLog

/// The command `bmn checkpoint`.
struct CheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "ลงนามจุดตรวจ · Sign, if the ledger grew, and print the latest checkpoint.",
        usage: """
            bmn checkpoint LEDGER [--policy FILE] [--witness URL --witness-key VKEY]... \
            [--tsa URL [--tsa-roots FILE]]
            """,
        discussion: """
            A checkpoint states the number of records and the root hash over them, signed with \
            the log's key (C2SP tlog-checkpoint). Whoever keeps one can show later that history \
            before it was rewritten: give copies away.

            A smaller tree or a second root hash for one size is never signed, also not after a \
            restore from a backup: keys/log.checkpoint remembers what was signed last.

            With --policy (C2SP tlog-policy) every witness that has an address in it is asked to \
            cosign, and the exit status is 1 unless the quorum is reached. With --tsa a \
            time-stamping authority (RFC 3161) is asked for a token over the checkpoint; who it is \
            is checked with --tsa-roots only. What they answer is verified and kept in the ledger.

            Examples:
              bmn checkpoint L > checkpoint-$(date +%F).txt
              bmn checkpoint L --policy policy.txt --tsa https://tsa.example.org
            """
    )

    @OptionGroup var ledger: LedgerOptions

    @Argument(help: "ไดเรกทอรีบัญชี · The ledger's directory.", completion: .directory)
    var directory: String?

    @Option(help: "นโยบาย · Whose cosignatures to collect, and how many count (tlog-policy).")
    var policy: String?

    @Option(help: "พยาน · A witness's address; with --witness-key, or found in the policy.")
    var witness: [String] = []

    @Option(help: "กุญแจของพยาน · The vkey of the --witness in the same place.")
    var witnessKey: [String] = []

    @Option(help: "ผู้ประทับเวลา · The address of a time-stamping authority.")
    var tsa: [String] = []

    @Option(help: "ใบรับรองราก · Roots (PEM) that the authority's certificate must lead to.")
    var tsaRoots: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if !witnessKey.isEmpty, witnessKey.count != witness.count {
            throw ValidationError("Give a --witness-key for each --witness, in the same order.")
        }
        if witnessKey.isEmpty, !witness.isEmpty, policy == nil {
            throw ValidationError(
                "Say by which key a --witness is known: --witness-key VKEY, or a --policy with it."
            )
        }
        if tsaRoots != nil, tsa.isEmpty { throw ValidationError("--tsa-roots goes with --tsa.") }
    }

    func run() throws {
        let (directory, _) = try ledger.resolve([directory].compactMap(\.self), restCount: 0)
        // Whatever is wrong with what was given is said before anything is signed.
        let policy = try policy.map {
            try LogPolicy(bytes: try Files.readAll($0, byteCountMaximum: LogPolicy.byteCountMax))
        }
        let witnesses = try witnesses(policy)
        let authorities = try tsa.map { try TimestampClient(url: ServiceURL($0)) }
        let roots = try tsaRoots.map {
            try TrustedRoots(pem: try Files.readAll($0, byteCountMaximum: 1 << 20))
        }

        let store = try LedgerStore(directory, access: .write)
        let log = CheckpointLog(directory, sharing: store)
        var checkpoint = try log.sign()
        let collection = EvidenceCollection(
            log: log,
            reader: LedgerReader(directory, sharing: store),
            checkpoint: checkpoint,
            language: output.language
        )
        var isComplete = try collection.cosign(by: witnesses)
        let isStamped = try collection.stamp(by: authorities, roots: roots)
        checkpoint = try log.stored(treeSize: checkpoint.treeSize)
        isComplete = try collection.meets(policy, checkpoint) ?? isComplete
        try CheckpointReport(checkpoint).write(output)
        guard isComplete, isStamped else { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    /// The policy's witnesses that have an address, and those named one by one.
    private func witnesses(_ policy: LogPolicy?) throws -> [WitnessClient] {
        var clients: [WitnessClient] = []
        for known in policy?.witnesses ?? [] where witness.isEmpty {
            guard let url = known.url else { continue }
            do throws(LogClientError) {
                clients.append(WitnessClient(url: try ServiceURL(url), key: known.key))
            } catch {
                // The others of the policy may be quorum enough; what was typed here is refused.
                Notice.line(error.line(output.language))
            }
        }
        for (offset, address) in witness.enumerated() {
            let url = try ServiceURL(address)
            let key: VerifierKey
            if offset < witnessKey.count {
                key = try VerifierKey(vkey: witnessKey[offset])
                guard key.signatureType == .cosignature else {
                    throw ValidationError("\(witnessKey[offset]) is not the key of a witness.")
                }
            } else if let known = policy?.witnesses.first(where: { $0.url == address }) {
                key = known.key
            } else {
                throw ValidationError("The policy has no witness at \(address): --witness-key.")
            }
            clients.append(WitnessClient(url: url, key: key))
        }
        return clients
    }
}

/// A checkpoint as `bmn checkpoint` prints it.
struct CheckpointReport {
    private let stored: StoredCheckpoint

    init(_ stored: StoredCheckpoint) { self.stored = stored }

    func write(_ options: OutputOptions) throws {
        let note = try stored.cosigned()
        let results = Output()
        if options.json {
            let checkpoint = try stored.checkpoint()
            try results.write(
                [
                    "origin": .string(checkpoint.origin),
                    "treeSize": .unsigned(checkpoint.treeHead.treeSize),
                    "rootHash": .string(checkpoint.treeHead.rootHash.hex),
                    "checkpoint": .string(String(decoding: note.encoded, as: UTF8.self)),
                    "cosignatures": .array(
                        try stored.cosignatures().map { .string($0.name) }
                    ),
                    "timestamps": .number(stored.timestamps.count),
                ]
            )
        } else {
            try results.write(note.encoded)
        }
        try results.flush()
    }
}

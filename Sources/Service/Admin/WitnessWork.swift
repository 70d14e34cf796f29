import LedgerReader
import TransparencyLog

/// Who cosigned the log, how far, and when; as their cosignatures say, which `bmn-audit` verifies.
struct WitnessWork: Sendable {
    struct Witness: Sendable {
        let name: String
        /// Of the largest checkpoint that it cosigned.
        let treeSize: UInt64
        /// Seconds since 1970, as the cosignature says; nil where it is none of that form.
        let time: UInt64?
    }

    /// Of the latest checkpoint; 0 where there is none.
    let latestSize: UInt64
    /// Of the latest one that anybody cosigned; 0 where there is none.
    let cosignedSize: UInt64
    let witnesses: [Witness]

    /// Witnesses that cosigned none of the last so many are not known here.
    static let checkpointCountMax = 200

    @available(*, noasync)
    static func read(_ reader: LedgerReader) throws -> WitnessWork {
        let snapshot = try reader.snapshot()
        var below = UInt64.max
        var sizes: [UInt64] = []
        var cosignedSize: UInt64 = 0
        var witnesses: [Witness] = []
        while sizes.count < checkpointCountMax, let stored = try snapshot.checkpoint(below: below) {
            below = stored.treeSize
            sizes.append(stored.treeSize)
            for signature in try stored.cosignatures() {
                cosignedSize = max(cosignedSize, stored.treeSize)
                guard !witnesses.contains(where: { $0.name == signature.name }) else { continue }
                let bytes = signature.signature
                witnesses.append(
                    Witness(
                        name: signature.name,
                        treeSize: stored.treeSize,
                        time: bytes.count == Cosignature.byteCount
                            ? bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) } : nil
                    )
                )
            }
        }
        return WitnessWork(
            latestSize: sizes.first ?? 0,
            cosignedSize: cosignedSize,
            witnesses: witnesses.sorted { $0.name < $1.name }
        )
    }
}

package import Cryptography
package import LMDB
package import Ledger
package import Survey

/// The named databases of ledger.mdb and how their keys are spelled (STORE.md).
package struct LedgerStore: Sendable {
    package let environment: Environment
    /// index, 8 bytes big-endian → record bytes, alone.
    package let records: Database
    /// stream ‖ 0x00 ‖ version, 4 bytes big-endian → index.
    package let streams: Database
    /// command id, 16 bytes → index ‖ authentication code of the command's content, 16 bytes.
    package let commands: Database
    /// event kind, 1 byte ‖ index → nothing; see `EventKind.isInKindIndex`.
    package let kinds: Database
    /// cycle ‖ 0x00 ‖ village ‖ 0x00 ‖ lao → sums of that cell.
    package let cells: Database
    /// cycle ‖ 0x00 ‖ prefix ‖ 0x00 ‖ first number, 4 bytes → which forms of that range are used.
    package let forms: Database
    /// level, 1 byte ‖ tile index, 8 bytes → the tile's hashes (`LedgerStore+Tree`).
    package let tiles: Database
    /// tree size, 8 bytes → the checkpoint as the log signed it.
    package let checkpoints: Database
    /// tree size ‖ which witness, 8 bytes → its signature line.
    package let cosignatures: Database
    /// tree size ‖ which token, 8 bytes → an RFC 3161 token over the checkpoint's bytes.
    package let timestamps: Database
    /// "format" → 4 bytes; "head" → `LedgerHead`.
    package let meta: Database

    /// Version of these databases, not of the record format.
    package static let layoutVersion: UInt32 = 3

    /// Opens or creates the file; `mapByteCount` is the least size of the map at opening, nil for
    /// LMDB's own default.
    @available(*, noasync)
    package init(
        _ directory: LedgerDirectory,
        access: Access,
        mapByteCount: Int? = nil
    ) throws(LedgerError) {
        do {
            let environment = try Self.open(directory.ledgerFile, access, mapByteCount)
            let creates = access == .create
            self.environment = environment
            records = try environment.openDatabase("records", create: creates)
            meta = try environment.openDatabase("meta", create: creates)
            if !creates { try Self.checkLayout(environment, meta, records) }
            streams = try environment.openDatabase("streams", create: creates)
            commands = try environment.openDatabase("commands", create: creates)
            kinds = try environment.openDatabase("kinds", create: creates)
            cells = try environment.openDatabase("cells", create: creates)
            forms = try environment.openDatabase("forms", create: creates)
            tiles = try environment.openDatabase("tiles", create: creates)
            checkpoints = try environment.openDatabase("checkpoints", create: creates)
            cosignatures = try environment.openDatabase("cosignatures", create: creates)
            timestamps = try environment.openDatabase("timestamps", create: creates)
        } catch let error as LMDBError where error.code == .notFound {
            throw LedgerError(.notALedger, "\(directory.ledgerFile) holds no ledger: \(error)")
        } catch {
            throw LedgerError(caught: error)
        }
    }

    package enum Access: Sendable {
        case create, write, read
    }

    private static func open(
        _ path: String,
        _ access: Access,
        _ mapByteCount: Int?
    ) throws(LMDBError) -> Environment {
        var options = Environment.Options()
        if let mapByteCount { options.mapByteCount = mapByteCount }
        options.createsIfMissing = access == .create
        options.isReadOnly = access == .read
        do throws(LMDBError) {
            return try Environment(path: path, options: options)
        } catch
            where access == .read
            && (error.code == .noPermission || error.code == .readOnlyFileSystem)
        {
            // A copy on read-only media: nobody writes there, so no lock is needed. When the file
            // itself is unreadable this fails again, with the true reason.
            options.isLockFree = true
            return try Environment(path: path, options: options)
        }
    }

    private static func checkLayout(
        _ environment: Environment,
        _ meta: Database,
        _ records: Database
    ) throws {
        let (layout, format) = try environment.read { transaction in
            (
                try transaction.withValue(meta, LedgerKey.format) { $0.byteArray },
                // A record 0 that cannot be read is for the verification to report.
                try transaction.withValue(records, BigEndianKey(0)) {
                    EventCodec.formatVersion(ofFirstRecord: $0)
                } ?? nil
            )
        }
        guard let layout, layout.count == 4 else {
            throw LedgerError(.notALedger, "\(environment.path) holds no ledger")
        }
        let version = layout.reduce(0) { $0 << 8 | UInt32($1) }
        try check(environment, "layout", version, layoutVersion)
        // One that never was, such as 0, is for the verification to report.
        guard !(1..<layoutVersion).contains(version) else {
            throw LedgerError(
                .olderFormat,
                "\(environment.path) has layout \(version), from before the first release; this"
                    + " program knows \(layoutVersion): read its records with the program that made it"
            )
        }
        if let format { try check(environment, "record format", format, RecordLimit.formatVersion) }
    }

    private static func check(
        _ environment: Environment,
        _ name: String,
        _ version: UInt32,
        _ known: UInt32
    ) throws(LedgerError) {
        guard version > known else { return }
        throw LedgerError(
            .newerFormat,
            "\(environment.path) has \(name) \(version); this program knows up to \(known):"
                + " use a newer one"
        )
    }
}

extension LedgerError {
    /// Any error of the store as one of ours.
    package init(caught error: any Error) {
        switch error {
        case let error as LedgerError: self = error
        case let error as LMDBError: self.init(error)
        default: self.init(.damaged, "\(error)")
        }
    }
}

extension EventKind {
    /// Whether the kind index lists records of this kind.
    ///
    /// Nearly every record is a household's first one: to list those would say of almost each record
    /// that it is there, for a page more in every commit. Whoever wants them walks the records.
    package var isInKindIndex: Bool { self != .householdRecorded }
}

/// Keys as bytes.
package enum LedgerKey {
    package static let format = Array("format".utf8)
    package static let head = Array("head".utf8)

    package static func stream(_ stream: String, _ version: UInt32) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(stream.utf8.count + 5)
        key.append(contentsOf: stream.utf8)
        key.append(0)
        key.append(bigEndian: version)
        return key
    }

    package static func command(_ id: CommandID) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(16)
        key.append(bigEndian: id.high)
        key.append(bigEndian: id.low)
        return key
    }

    package static func kind(_ kind: EventKind, _ index: UInt64) -> [UInt8] {
        var key: [UInt8] = []
        key.reserveCapacity(9)
        key.append(kind.number)
        key.append(bigEndian: index)
        return key
    }

    package static func tile(level: Int, index: UInt64) -> [UInt8] {
        var key = [UInt8(level)]
        key.append(bigEndian: index)
        return key
    }

    /// What belongs to the checkpoint of a tree size, told apart by the digest of what it is.
    package static let evidenceByteCount = 16

    package static func evidence(treeSize: UInt64, of digest: Digest) -> [UInt8] {
        var key: [UInt8] = []
        key.append(bigEndian: treeSize)
        return key + digest.bytes.prefix(8)
    }

    package static func cell(_ cell: CellKey) -> [UInt8] {
        Array(cell.cycle.utf8) + [0] + Array(cell.village.utf8) + [0] + Array(cell.lao.utf8)
    }

    static func cell(_ key: [UInt8]) -> CellKey? {
        let parts = key.split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 3 else { return nil }
        return CellKey(cycle: parts[0], village: parts[1], lao: parts[2])
    }

    package static func forms(_ range: FormRange) -> [UInt8] {
        var key = Array(range.cycle.utf8) + [0] + Array(range.prefix.utf8) + [0]
        key.append(bigEndian: range.first)
        return key
    }

    /// Nil for anything that the function above would not have written.
    package static func formRange(_ key: [UInt8]) -> FormRange? {
        guard key.count > 5 else { return nil }
        let parts = key.dropLast(5).split(separator: 0, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        guard parts.count == 2 else { return nil }
        let first = key.suffix(4).reduce(0) { $0 << 8 | UInt32($1) }
        let range = FormRange(cycle: parts[0], prefix: parts[1], first: first)
        // Decoding repairs what is not UTF-8.
        return forms(range) == key ? range : nil
    }
}

import Cryptography
import Foundation
import LMDB
import Ledger
import Testing

/// Searches everything that is left of a ledger, and what was made of it, for what was erased.
struct ErasureSearch {
    /// With the folder `ledger` and its copies `before`, `after` and `public`.
    let scratch: Scratch
    private var ledger: String { scratch.path("ledger") }

    init(scratch: Scratch) { self.scratch = scratch }

    /// The key that a stream's first record was sealed with: by hand from vault and master key.
    func dataKey(_ stream: String) throws -> (plain: [UInt8], wrapped: [UInt8]) {
        let log = try Tool.bmn("log", ledger, "--stream", stream).lines.first
        let event = try #require(try Run.object(log ?? "")["event"] as? [String: Any])
        let sealed = (event.values.first as? [String: Any])?["sealed"] as? [String: Any]
        let id = try #require((sealed?["keyId"] as? String).flatMap { UInt64($0) })
        let digits = try String(contentsOf: scratch.url("ledger/keys/master.key"), encoding: .utf8)
        let master = try SymmetricKey(bytes: Hex.decode(digits.dropLast()) ?? [])
        var options = Environment.Options()
        options.isLockFree = true
        let environment = try Environment(path: scratch.path("ledger/vault.mdb"), options: options)
        let keys = try environment.openDatabase("keys")
        let wrapped = try #require(
            try environment.read { transaction in
                try transaction.withValue(keys, BigEndianKey(id)) { $0.byteArray }
            }
        )
        var cipher = try AES256GCM()
        let plain = try cipher.open(
            Array(wrapped.dropFirst(12)),
            key: master,
            nonce: #require(AES256GCM.Nonce(bytes: Array(wrapped.prefix(12)))),
            associatedData: Array("key \(id)".utf8)
        )
        return (plain, wrapped)
    }

    /// The bytes, and as people write bytes: in hex, and in base64 wherever in it they begin.
    static func forms(_ bytes: [UInt8]) -> [Data] {
        let base64 = (0..<3).map { offset in
            let text = Data([UInt8](repeating: 0, count: offset) + bytes).base64EncodedString()
            // What depends on neighbours is left out.
            return Data(text.dropFirst(offset == 0 ? 0 : 4).dropLast(4).utf8)
        }
        let hex = Hex.encode(bytes)
        return [Data(bytes), Data(hex.utf8), Data(hex.uppercased().utf8)] + base64
    }

    /// What of it is found in the ledger, in what was made of it, or was said.
    func found(_ forms: [Data], _ outputs: [Data]) throws -> [String] {
        var places: [String] = []
        for root in ["ledger", "before", "after", "public"] {
            let folder = scratch.url(root)
            let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            #expect(!names.isEmpty)
            for name in names {
                guard let bytes = try? Data(contentsOf: folder.appending(path: name)) else {
                    continue
                }
                if forms.contains(where: { bytes.range(of: $0) != nil }) {
                    places.append("\(root)/\(name)")
                }
            }
        }
        for (number, output) in outputs.enumerated()
        where forms.contains(where: { output.range(of: $0) != nil }) {
            places.append("output \(number)")
        }
        return places
    }

    /// What a stream's first record sealed, in the clear: windows of it, none of them empty.
    func plainWindows(_ stream: String, _ key: [UInt8]) throws -> [Data] {
        let line = try #require(try Tool.bmn("log", ledger, "--stream", stream).lines.first)
        let record = try Run.object(line)
        let event = try #require(record["event"] as? [String: Any])
        let sealed = (event.values.first as? [String: Any])?["sealed"] as? [String: Any]
        func bytes(_ name: String) throws -> [UInt8] {
            let text = try #require(sealed?[name] as? String)
            return Array(try #require(Data(base64Encoded: text)))
        }
        let commandText = try #require(record["commandId"] as? String)
        let commandID = try #require(CommandID(commandText))
        var bound = Array(stream.utf8) + [0]
        commandID.append(to: &bound)
        var cipher = try AES256GCM()
        let plain = try cipher.open(
            bytes("ciphertext"),
            key: SymmetricKey(bytes: key),
            nonce: #require(AES256GCM.Nonce(bytes: bytes("nonce"))),
            associatedData: bound
        )
        return stride(from: 0, to: plain.count - 24, by: 24).map { Data(plain[$0..<$0 + 24]) }
    }
}

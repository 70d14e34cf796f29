import Cryptography
import TestSupport
import Testing
import TransparencyLog

struct CheckpointTests {
    private static let root = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg="

    private static let text = "bmn.example.th/ledger\n8\n\(root)\n"

    // Seeds of 01 and 02 bytes.
    private static let note = """
        \(text)
        \u{2014} bmn.example.th/ledger KpTUPyh24dTnRGuRUGneqBy4Z8a3aRjAMyXOmtfwxQCufGlaGXa19MeVHrOC\
        PbE4jeNcMz2k0jMmjGnw6ZRe0p2a0gA=
        \u{2014} auditor.example.th/w1 N1DwQwAAAABpLNqAZIIi2FiN0bv67Y4/CWU3XMhALMUFSdOO8DacvukC31mGE\
        8Mx0V3rCaTuJcsy/o0KqmVBXp4ekEjrKW/m7t52CA==

        """

    private static let time: UInt64 = 1_764_547_200

    private let malformed = TransparencyLogError(.malformedCheckpoint, "")

    private func privateKey(_ seed: UInt8) throws -> Ed25519PrivateKey {
        try Ed25519PrivateKey(seed: [UInt8](repeating: seed, count: 32))
    }

    private func log() throws -> NoteSigner {
        try NoteSigner(name: "bmn.example.th/ledger", privateKey: try privateKey(1))
    }

    private func witness() throws -> Cosigner {
        try Cosigner(name: "auditor.example.th/w1", privateKey: try privateKey(2))
    }

    @Test func `The eight published leaves make our own checkpoint, signed and cosigned`() throws {
        var range = CompactRange()
        for hex in MerkleTreeTests.leafInputs {
            range.append(MerkleTree.leafHash(of: try #require(Hex.decode(hex))))
        }
        let log = try log()
        let witness = try witness()
        let checkpoint = try Checkpoint(origin: log.verifierKey.name, treeHead: range.treeHead)
        #expect(checkpoint.text == Self.text)
        let signed = try SignedNote(
            text: checkpoint.text,
            signatures: [try log.sign(checkpoint.text)]
        )
        let note = try signed.adding([try witness.cosign(checkpoint, time: Self.time)])
        #expect(String(decoding: note.encoded, as: UTF8.self) == Self.note)
    }

    @Test func `Our own checkpoint is read and verified`() throws {
        let note = try SignedNote(bytes: Array(Self.note.utf8))
        let checkpoint = try Checkpoint(text: note.text)
        #expect(checkpoint.origin == "bmn.example.th/ledger")
        #expect(checkpoint.treeHead.treeSize == 8)
        #expect(checkpoint.treeHead.rootHash.hex == MerkleTreeTests.rootHashes[8])
        #expect(checkpoint.extensionLines.isEmpty)
        let keys = [try log().verifierKey, try witness().verifierKey]
        let verified = try note.verified(by: keys)
        #expect(verified.map(\.key) == keys)
        #expect(verified.map(\.time) == [nil, Self.time])
    }

    @Test func `The specification's cosigned example is read`() throws {
        let text = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u\
            5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            \u{2014} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dl\
            rDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

            """
        let note = try SignedNote(bytes: Array(text.utf8))
        #expect(try Checkpoint(text: note.text).treeHead.treeSize == 20_852_163)
        #expect(note.signatures.map(\.keyID) == [0x033d_e0ae, 0x8d66_cf3f])
        #expect(note.signatures[1].signature.count == 8 + 64)
        let time = note.signatures[1].signature.prefix(8).reduce(0) { $0 << 8 | Int($1) }
        #expect(time == 1_679_315_147)
    }

    @Test func `A cosignature signs these bytes`() {
        let message = Cosignature.message(text: Self.text, time: Self.time)
        #expect(
            String(decoding: message, as: UTF8.self)
                == "cosignature/v1\ntime 1764547200\n\(Self.text)"
        )
    }

    @Test func `Any bit turned in a cosignature, its time included, breaks it`() throws {
        let witness = try witness()
        let checkpoint = try Checkpoint(text: Self.text)
        let good = try witness.cosign(checkpoint, time: Self.time)
        let id = witness.verifierKey.keyIDBytes
        for bit in 0..<good.signature.count * 8 {
            var altered = good.signature
            altered[bit / 8] ^= 1 << (bit % 8)
            let base64 = Base64.encode(id + altered)
            let line = try NoteSignature(line: "\u{2014} \(good.name) \(base64)")
            let note = try SignedNote(text: Self.text, signatures: [line])
            #expect(throws: TransparencyLogError(.invalidSignature, "")) {
                try note.verified(by: [witness.verifierKey])
            }
        }
    }

    @Test func `A cosignature of another form or for another text is refused`() throws {
        let witness = try witness()
        let key = witness.verifierKey
        let checkpoint = try Checkpoint(text: Self.text)
        let good = try witness.cosign(checkpoint, time: Self.time)
        // Signed with the right key, for a time that the specification does not allow.
        let beyond: UInt64 = 1 << 63
        let message = Cosignature.message(text: Self.text, time: beyond)
        let bodies: [[UInt8]] = [
            [0], Array(good.signature.dropFirst(8)), Array(good.signature.dropLast()),
            good.signature + [0], [0x80, 0, 0, 0, 0, 0, 0, 0] + (try privateKey(2).sign(message)),
            [0x80, 0, 0, 0, 0, 0, 0, 0] + Array(good.signature.dropFirst(8)),
        ]
        for body in bodies {
            let base64 = Base64.encode(key.keyIDBytes + body)
            let line = try NoteSignature(line: "\u{2014} \(key.name) \(base64)")
            let note = try SignedNote(text: Self.text, signatures: [line])
            #expect(throws: TransparencyLogError(.invalidSignature, "")) {
                try note.verified(by: [key])
            }
        }
        let other = try SignedNote(text: "bmn.example.th/ledger\n9\n", signatures: [good])
        #expect(throws: TransparencyLogError(.invalidSignature, "")) {
            try other.verified(by: [key])
        }
    }

    @Test func `A log's signature does not pass for a cosignature, nor the reverse`() throws {
        let name = "both.example.th"
        let key = try privateKey(3)
        let log = try NoteSigner(name: name, privateKey: key)
        let witness = try Cosigner(name: name, privateKey: key)
        let checkpoint = try Checkpoint(text: Self.text)
        let asLog = try SignedNote(text: Self.text, signatures: [try log.sign(Self.text)])
        let asWitness = try SignedNote(
            text: Self.text,
            signatures: [try witness.cosign(checkpoint, time: 1)]
        )
        #expect(try asLog.verified(by: [log.verifierKey]).count == 1)
        #expect(try asWitness.verified(by: [witness.verifierKey]).map(\.time) == [1])
        #expect(throws: TransparencyLogError(.noKnownSignature, "")) {
            try asLog.verified(by: [witness.verifierKey])
        }
        #expect(throws: TransparencyLogError(.noKnownSignature, "")) {
            try asWitness.verified(by: [log.verifierKey])
        }
    }

    @Test(arguments: [
        ("o\n0\nROOT\n", 0, 0), ("o\n9223372036854775807\nROOT\n", UInt64(Int64.max), 0),
        ("จังหวัด บึงกาฬ+1\n10\nROOT\nx\n \n", 10, 2), ("o\n7\nROOT\next\nmore ext\n", 7, 2),
    ])
    func `A checkpoint read is written the same`(form: String, size: UInt64, lines: Int) throws {
        let text = form.replacing("ROOT", with: Self.root)
        let checkpoint = try Checkpoint(text: text)
        #expect(checkpoint.text == text)
        #expect(checkpoint.treeHead.treeSize == size)
        #expect(checkpoint.extensionLines.count == lines)
    }

    @Test(arguments: [
        "", "\n", "\n\n\n", "o\n8\n", "o\n8\nROOT", "\n8\nROOT\n", "o\n\nROOT\n", "o\n8\n\n",
        "o\n8\nROOT\n\n", "o\n8\nROOT\n\nx\n", "o\n8\nROOT\nx\n\n", "o\n8\nROOT\nx",
        "o\n08\nROOT\n", "o\n+8\nROOT\n", "o\n-8\nROOT\n", "o\n 8\nROOT\n", "o\n8 \nROOT\n",
        "o\n00\nROOT\n", "o\n-0\nROOT\n", "o\n0x8\nROOT\n", "o\n8.0\nROOT\n", "o\n٨\nROOT\n",
        "o\n๘\nROOT\n", "o\n9223372036854775808\nROOT\n", "o\n18446744073709551616\nROOT\n",
        "o\n8\nROOT \n", "o\n8\n ROOT\n", "o\n8\nAAAA\n", "o\n8\nROOTROOT\n", "o\r\n8\r\nROOT\r\n",
        "o\to\n8\nROOT\n", "o\0\n8\nROOT\n", "o\n8\nROOT\nx\u{1F}\n",
        "o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyh=\n",
        "o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg\n",
        "o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz-Nw7_RgQyg=\n",
    ])
    func `Any other form is no checkpoint`(form: String) {
        let text = form.replacing("ROOT", with: Self.root)
        #expect(throws: malformed) { try Checkpoint(text: text) }
    }

    @Test func `What cannot be written is no checkpoint`() {
        let head = TreeHead.empty
        #expect(throws: malformed) { try Checkpoint(origin: "", treeHead: head) }
        #expect(throws: malformed) { try Checkpoint(origin: "a\nb", treeHead: head) }
        for line in ["", "a\nb", "\u{1}"] {
            #expect(throws: malformed) {
                try Checkpoint(origin: "o", treeHead: head, extensionLines: [line])
            }
        }
        #expect(throws: malformed) {
            try Checkpoint(origin: "o", treeHead: TreeHead(treeSize: 1 << 63, rootHash: .zero))
        }
    }
}

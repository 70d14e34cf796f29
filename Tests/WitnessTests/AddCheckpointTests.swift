import Cryptography
import Foundation
import TestSupport
import Testing
import TransparencyLog
import Witness

/// The order of answers of c2sp.org/tlog-witness v1.0.0, "add-checkpoint".
@Suite struct `Adding a checkpoint` {
    private let home: TestWitness
    private let log: TestLog
    private let witness: Witness

    init() throws {
        home = try TestWitness()
        log = try TestLog()
        witness = try home.witness(of: log)
    }

    private func answer(_ body: [UInt8], now: UInt64 = 1000) -> WitnessAnswer {
        witness.addCheckpoint(body, now: now)
    }

    private func answer(_ body: String) -> WitnessAnswer { answer(Array(body.utf8)) }

    @Test func `is answered with a cosignature that is on disk already`() throws {
        for (from, to) in [(0, 1), (1, 1), (1, 6), (6, 8), (8, 100), (100, 200)] {
            let answer = answer(try log.request(from, to))
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer.contentType.hasPrefix("text/plain"))
            let text = try log.checkpoint(to).text
            #expect(try answer.times(over: text, by: witness.verifierKey) == [1000])
            #expect(answer.text.hasSuffix("\n"))
            let stored = String(
                decoding: try Data(contentsOf: URL(filePath: home.stateFile(log))),
                as: UTF8.self
            )
            let logLine = try log.signer.sign(text).line
            #expect(stored == "\(text)\n\(logLine)\n\(answer.text)")
        }
    }

    @Test func `of our vectors gives the cosignature of our vectors`() throws {
        let hex = [
            "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ]
        var range = CompactRange()
        for entry in hex.prefix(6) {
            range.append(MerkleTree.leafHash(of: try #require(Hex.decode(entry))))
        }
        let seed = [UInt8](repeating: 1, count: 32)
        let signer = try NoteSigner(
            name: "bmn.example.th/ledger",
            privateKey: try Ed25519PrivateKey(seed: seed)
        )
        let six = try Checkpoint(origin: signer.verifierKey.name, treeHead: range.treeHead).text
        let first = try SignedNote(text: six, signatures: [try signer.sign(six)])
        let witness = try Witness(
            privateKey: home.privateKey,
            stateFolder: home.state,
            logs: [signer.verifierKey]
        )
        #expect(witness.addCheckpoint(TestLog.request(0, [], first), now: 1).status == 200)
        let body = """
            old 6
            DrxdNDf74tsVi58Sah0RjjCBgQMdCpSfje3t68VY72o=
            yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=
            037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=

            bmn.example.th/ledger
            8
            XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=

            \u{2014} bmn.example.th/ledger KpTUPyh24dTnRGuRUGneqBy4Z8a3aRjAMyXOmtfwxQCufGlaGXa19MeVHr\
            OCPbE4jeNcMz2k0jMmjGnw6ZRe0p2a0gA=

            """
        let answer = witness.addCheckpoint(Array(body.utf8), now: 1_764_547_200)
        #expect(answer.status == 200)
        #expect(
            answer.text == """
                \u{2014} auditor.example.th/w1 N1DwQwAAAABpLNqAZIIi2FiN0bv67Y4/CWU3XMhALMUFSdOO8Dacvu\
                kC31mGE8Mx0V3rCaTuJcsy/o0KqmVBXp4ekEjrKW/m7t52CA==

                """
        )
        #expect(
            FileManager.default.fileExists(
                atPath: home.state
                    + "/a04e7f614188d4e9713d643098efaf8247c9e494c9e333ded9609193717115a7.checkpoint"
            )
        )
    }

    @Test func `that is malformed is answered 400`() throws {
        let good = String(decoding: try log.request(6, 8), as: UTF8.self)
        let hash = try log.proof(6, 8).path[0].base64
        let forms = [
            "", "\n", "\n\n", "old 6", "old 6\n", "old 6\n\n", "x" + good, "\n" + good,
            good.replacing("old 6", with: "old 06"), good.replacing("old 6", with: "old +6"),
            good.replacing("old 6", with: "old -6"), good.replacing("old 6", with: "old  6"),
            good.replacing("old 6", with: "old 6 "), good.replacing("old 6", with: "old"),
            good.replacing("old 6", with: "Old 6"), good.replacing("old 6", with: "old ๖"),
            good.replacing("old 6", with: "old 18446744073709551616"),
            good.replacing("old 6\n", with: "old 6\r\n"), good.replacing(hash, with: hash + " "),
            good.replacing(hash, with: "AAAA"), good.replacing("\n8\n", with: "\n08\n"),
            String(good.dropLast()), good + "\n",
            good.replacing(
                hash,
                with: [String](repeating: hash, count: 62).joined(separator: "\n")
            ),
            good + String(repeating: "x", count: 64 * 1024),
        ]
        for form in forms {
            #expect(form != good)
            let answer = answer(form)
            #expect(answer.status == 400, "\(form.debugDescription)")
            #expect(answer.text.hasSuffix(".\n"))
        }
        #expect(answer([0xFF, 0xFE]).status == 400)
        let many = [Digest](repeating: .zero, count: 63)
        #expect(answer(TestLog.request(6, many, try log.note(8))).status == 409)
        #expect(answer(TestLog.request(6, many + [.zero], try log.note(8))).status == 400)
    }

    @Test func `of an unknown log is answered 404, whatever else is wrong`() throws {
        let stranger = try TestLog("other.example.th", seed: 1)
        #expect(answer(try stranger.request(0, 5)).status == 404)
        #expect(answer(TestLog.request(9, [], try stranger.note(5))).status == 404)
        // The same word to Swift, other bytes.
        let accented = try TestLog("logé.example.th")
        let other = try TestLog("loge\u{301}.example.th")
        let witness = try home.witness(of: accented)
        #expect(witness.addCheckpoint(try other.request(0, 5), now: 1).status == 404)
        #expect(witness.addCheckpoint(try accented.request(0, 5), now: 1).status == 200)
    }

    @Test func `without a good signature by a trusted key is answered 403`() throws {
        let impostor = try TestLog(seed: 9)
        #expect(answer(try impostor.request(0, 5)).status == 403)
        #expect(answer(TestLog.request(9, [], try impostor.note(5))).status == 403)
        let text = try log.checkpoint(5).text
        let elsewhere = try log.signer.sign(try log.checkpoint(6).text)
        let bad = try SignedNote(text: text, signatures: [elsewhere])
        #expect(answer(TestLog.request(0, [], bad)).status == 403)
        let both = try log.note(5).adding([elsewhere])
        #expect(answer(TestLog.request(0, [], both)).status == 403)
        // Another log's key that is trusted says nothing of this log.
        let second = try TestLog("second.example.th", seed: 3)
        let crossed = try SignedNote(text: text, signatures: [try second.signer.sign(text)])
        let witness = try home.witness(of: log, second)
        #expect(witness.addCheckpoint(TestLog.request(0, [], crossed), now: 1).status == 403)
        #expect(!FileManager.default.fileExists(atPath: home.stateFile(log)))
    }

    @Test func `with unknown signatures beside is cosigned, without them`() throws {
        let text = try log.checkpoint(5).text
        let unknown = try TestLog(seed: 9).signer.sign(text)
        let cosigned = try SignedNote(
            text: text,
            signatures: [unknown] + (try log.note(5).signatures)
        )
        #expect(answer(TestLog.request(0, [], cosigned)).status == 200)
        let served = witness.checkpoint(originHash: Witness.originHash(log.key.name), now: 1000)
        #expect(served.text.contains(try log.signer.sign(text).line))
        #expect(!served.text.contains(unknown.line))
    }

    @Test func `with an old size above its own is answered 400, before a conflict`() throws {
        #expect(answer(TestLog.request(6, [], try log.note(5))).status == 400)
        #expect(answer(try log.request(0, 5)).status == 200)
        #expect(answer(TestLog.request(6, [], try log.note(5))).status == 400)
    }

    @Test func `with another old size is answered 409 with the stored one`() throws {
        func expectConflict(_ request: [UInt8], stored: Int) {
            let answer = answer(request)
            #expect(answer.status == 409)
            #expect(answer.contentType == "text/x.tlog.size")
            #expect(answer.text == "\(stored)\n")
        }
        expectConflict(try log.request(6, 8), stored: 0)
        #expect(answer(try log.request(0, 6)).status == 200)
        expectConflict(try log.request(0, 8), stored: 6)
        expectConflict(try log.request(5, 8), stored: 6)
        expectConflict(try log.request(7, 8), stored: 6)
        // Also where the proof or the tree would be refused.
        expectConflict(TestLog.request(5, [.zero], try log.note(8)), stored: 6)
        expectConflict(try log.request(0, 3), stored: 6)
    }

    @Test func `that does not go on from the last is answered 422`() throws {
        let zero = try Checkpoint(
            origin: log.key.name,
            treeHead: TreeHead(treeSize: 0, rootHash: .zero)
        ).text
        let notEmpty = try SignedNote(text: zero, signatures: [try log.signer.sign(zero)])
        #expect(answer(TestLog.request(0, [], notEmpty)).status == 422)
        #expect(answer(TestLog.request(0, [.zero], try log.note(5))).status == 422)
        #expect(answer(TestLog.request(0, [.zero], try log.note(0))).status == 422)
        #expect(answer(try log.request(0, 0)).status == 200)
        #expect(answer(try log.request(0, 6)).status == 200)
        let fork = try TestLog(fork: 1, forkedAt: 4)
        let path = try log.proof(6, 8).path
        for request in [
            TestLog.request(6, [], try log.note(8)),
            TestLog.request(6, path + [.zero], try log.note(8)),
            TestLog.request(6, path.reversed(), try log.note(8)), try fork.request(6, 8),
            TestLog.request(6, path, try fork.note(8)), TestLog.request(6, [], try fork.note(6)),
            TestLog.request(6, [.zero], try log.note(6)),
        ] {
            let answer = answer(request)
            #expect(answer.status == 422, "\(answer.text)")
            #expect(!answer.text.contains("\u{2014}"))
        }
        #expect(try home.storedSize(log) == 6)
        #expect(answer(try log.request(6, 8)).status == 200)
    }

    @Test func `never states an earlier time than before, nor none`() throws {
        var size = 0
        var times: [UInt64] = []
        for now: UInt64 in [0, 50, 40, 60, 0, .max] {
            let answer = answer(try log.request(size, size + 1), now: now)
            size += 1
            let text = try log.checkpoint(size).text
            times += try answer.times(over: text, by: witness.verifierKey)
        }
        #expect(times == [1, 50, 50, 60, 60, UInt64(Int64.max)])
    }
}

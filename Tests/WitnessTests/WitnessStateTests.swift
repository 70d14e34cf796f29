import Cryptography
import DurableFiles
import Foundation
import Synchronization
import TestSupport
import Testing
import TransparencyLog
import Witness

@Suite struct `What a witness remembers` {
    private let home: TestWitness
    private let log: TestLog
    private let hash: String

    init() throws {
        home = try TestWitness()
        log = try TestLog()
        hash = Witness.originHash(log.key.name)
    }

    @Test func `is there when it is opened again`() throws {
        #expect(
            try home.witness(of: log).addCheckpoint(try log.request(0, 6), now: 5).status == 200
        )
        let again = try home.witness(of: log)
        #expect(again.addCheckpoint(try log.request(0, 8), now: 6).text == "6\n")
        #expect(again.addCheckpoint(try log.request(6, 8), now: 6).status == 200)
    }

    @Test func `is kept apart for each log`() throws {
        let other = try TestLog("other.example.th", seed: 4)
        let witness = try home.witness(of: log, other)
        #expect(witness.addCheckpoint(try log.request(0, 6), now: 5).status == 200)
        #expect(witness.addCheckpoint(try other.request(0, 3), now: 5).status == 200)
        #expect(try home.storedSize(log) == 6)
        #expect(try home.storedSize(other) == 3)
    }

    @Test func `is served with the log's signature and its own`() throws {
        let witness = try home.witness(of: log)
        #expect(witness.checkpoint(originHash: hash, now: 5).status == 404)
        #expect(witness.checkpoint(originHash: String(hash.dropLast()), now: 5).status == 404)
        let answer = witness.addCheckpoint(try log.request(0, 6), now: 100)
        #expect(witness.checkpoint(originHash: hash.uppercased(), now: 5).status == 404)
        let served = witness.checkpoint(originHash: hash, now: 100)
        #expect(served.status == 200)
        #expect(
            served.text == (String(decoding: try log.note(6).encoded, as: UTF8.self)) + answer.text
        )
        let policy = """
            log \(log.key.vkey)
            witness w \(witness.verifierKey.vkey)
            quorum w

            """
        let endorsement = try LogPolicy(bytes: Array(policy.utf8)).evaluate(noteBytes: served.body)
        #expect(endorsement.checkpoint.treeHead == log.head(6))
        #expect(endorsement.cosignatures.map(\.time) == [100])
    }

    @Test func `is said again with a newer time, at most once a minute`() throws {
        let witness = try home.witness(of: log)
        let text = try log.checkpoint(6).text
        let returned = witness.addCheckpoint(try log.request(0, 6), now: 100)
        func times(_ now: UInt64) throws -> [UInt64] {
            let served = witness.checkpoint(originHash: hash, now: now)
            #expect(served.text.hasSuffix(returned.text), "the returned cosignature stays")
            return try served.times(over: text, by: witness.verifierKey)
        }
        #expect(try times(90) == [100])
        #expect(try times(159) == [100])
        #expect(try times(160) == [160, 100])
        #expect(try times(219) == [160, 100])
        #expect(try times(5000) == [5000, 100])
        #expect(try times(200) == [5000, 100])
        #expect(try home.storedSize(log) == 6)
        // What was said here is not taken back in the next cosignature either.
        let next = witness.addCheckpoint(try log.request(6, 8), now: 300)
        #expect(try next.times(over: try log.checkpoint(8).text, by: witness.verifierKey) == [5000])
    }

    @Test func `is never doubted away: a damaged file ends the cosigning`() throws {
        let witness = try home.witness(of: log)
        #expect(witness.addCheckpoint(try log.request(0, 6), now: 100).status == 200)
        let good = try Data(contentsOf: URL(filePath: home.stateFile(log)))
        // How the log signed is the log's: the witness's own cosignature covers all the rest.
        let logLine = Data((try log.signer.sign(try log.checkpoint(6).text).line + "\n").utf8)
        let covered = try #require(good.range(of: logLine))
        var damaged = [Data(), Data("\n".utf8), Data(repeating: 0, count: good.count)]
        damaged += stride(from: 0, to: good.count, by: 7).map { good.prefix($0) }
        damaged += good.indices.filter { !covered.contains($0) }.map { index in
            var copy = good
            copy[index] ^= 0x01
            return copy
        }
        #expect(damaged.count > 100)
        for bytes in damaged {
            try bytes.write(to: URL(filePath: home.stateFile(log)))
            for request in [try log.request(0, 8), try log.request(6, 8)] {
                let answer = witness.addCheckpoint(request, now: 200)
                #expect(answer.status == 500)
                #expect(answer.text == "The witness cannot answer.\n")
                #expect(answer.remark?.contains("stateDamaged") == true)
            }
            #expect(witness.checkpoint(originHash: hash, now: 200).status == 500)
            #expect(try Data(contentsOf: URL(filePath: home.stateFile(log))) == bytes)
        }
        try good.write(to: URL(filePath: home.stateFile(log)))
        #expect(witness.addCheckpoint(try log.request(6, 8), now: 200).status == 200)
    }

    @Test func `of one log does not pass for that of another`() throws {
        let other = try TestLog("other.example.th", seed: 4)
        let witness = try home.witness(of: log, other)
        #expect(witness.addCheckpoint(try log.request(0, 6), now: 5).status == 200)
        try FileManager.default.copyItem(
            atPath: home.stateFile(log),
            toPath: home.stateFile(other)
        )
        #expect(witness.addCheckpoint(try other.request(0, 3), now: 5).status == 500)
    }

    @Test func `belongs to its key and to no other`() throws {
        let other = try TestWitness(seed: 3)
        #expect(throws: WitnessError(.stateOfAnother, "")) {
            try Witness(privateKey: other.privateKey, stateFolder: home.state, logs: [log.key])
        }
        #expect(throws: WitnessError(.alreadyExists, "")) {
            try Witness.create(
                stateFolder: home.state,
                name: "new",
                privateKey: home.privateKey
            )
        }
        try FileManager.default.removeItem(atPath: home.state)
        for makesEmpty in [false, true] {
            if makesEmpty {
                try FileManager.default.createDirectory(
                    atPath: home.state,
                    withIntermediateDirectories: false
                )
            }
            #expect(throws: WitnessError(.stateMissing, ""), "a disk that is not mounted") {
                try home.witness(of: log)
            }
        }
    }

    @Test func `a witness needs a log, a name and a key of its own`() throws {
        #expect(throws: WitnessError(.noLogs, "")) {
            try Witness(privateKey: home.privateKey, stateFolder: home.state, logs: [])
        }
        let (key, state) = (home.folder + "/key.pem", home.folder + "/new")
        #expect(throws: WitnessError(.alreadyExists, ""), "a folder with something in it") {
            try Witness.create(keyFile: key, stateFolder: home.folder, name: "a/b")
        }
        #expect(!FileManager.default.fileExists(atPath: key))
        #expect(throws: WitnessError(.nameInvalid, "")) {
            try Witness.create(keyFile: key, stateFolder: state, name: "a b")
        }
        #expect(!FileManager.default.fileExists(atPath: key))
        try FileManager.default.createDirectory(
            atPath: state,
            withIntermediateDirectories: false
        )
        try Witness.create(keyFile: key, stateFolder: state + "/", name: "a/b")
        let witness = try Witness(keyFile: key, stateFolder: state, logs: [log.key])
        #expect(witness.verifierKey.name == "a/b")
        #expect(witness.verifierKey.signatureType == .cosignature)
        #expect(throws: WitnessError(.alreadyExists, "")) {
            try Witness.create(keyFile: key, stateFolder: home.folder + "/third", name: "a/b")
        }
        #expect(throws: WitnessError(.keyMissing, "")) {
            try Witness(keyFile: key + "x", stateFolder: state, logs: [log.key])
        }
        #expect(unsafe chmod(key, 0o644) == 0)
        #expect(throws: WitnessError(.keyExposed, "")) {
            try Witness(keyFile: key, stateFolder: state, logs: [log.key])
        }
    }

    /// Brings a witness that was made back to where a kill left its creation.
    private func undo(_ key: String, _ state: String, keepingKey: Bool, keepingNote: Bool) throws {
        let manager = FileManager.default
        if !keepingKey { try manager.removeItem(atPath: key) }
        if keepingNote {
            try manager.moveItem(atPath: state + "/witness", toPath: state + "/witness.new")
        } else {
            try manager.removeItem(atPath: state + "/witness")
        }
    }

    @Test func `a witness whose making was killed is made by the same call again`() throws {
        let (key, state) = (home.folder + "/key.pem", home.folder + "/new")
        // A disk of its own.
        try FileManager.default.createDirectory(
            atPath: state + "/lost+found",
            withIntermediateDirectories: true
        )
        // Stopped for real where the key should be written.
        #expect(throws: WitnessError(.notAccessible, "")) {
            try Witness.create(keyFile: home.folder + "/no/key", stateFolder: state, name: "a/b")
        }
        #expect(throws: WitnessError(.stateMissing, ""), "not yet a witness's") {
            try Witness(privateKey: home.privateKey, stateFolder: state, logs: [log.key])
        }
        for (keepsKey, keepsNote) in [(false, true), (true, true), (false, false)] {
            try Witness.create(keyFile: key, stateFolder: state, name: "a/b")
            let before = try Witness(keyFile: key, stateFolder: state, logs: [log.key])
            try undo(key, state, keepingKey: keepsKey, keepingNote: keepsNote)
            try Witness.create(keyFile: key, stateFolder: state, name: "a/b")
            let after = try Witness(keyFile: key, stateFolder: state, logs: [log.key])
            #expect((after.verifierKey == before.verifierKey) == keepsKey)
            #expect(after.addCheckpoint(try log.request(0, 6), now: 5).status == 200)
            #expect(throws: WitnessError(.alreadyExists, ""), "a witness in use stays") {
                try Witness.create(keyFile: key + "2", stateFolder: state, name: "a/b")
            }
            try FileManager.default.removeItem(atPath: key)
            for file in try FileManager.default.contentsOfDirectory(atPath: state)
            where file != "lost+found" {
                try FileManager.default.removeItem(atPath: state + "/" + file)
            }
        }
    }

    @Test func `a key that may have cosigned elsewhere is not taken for a new witness's`() throws {
        let (key, state) = (home.folder + "/key.pem", home.folder + "/new")
        try Witness.create(keyFile: key, stateFolder: state, name: "a/b")
        let other = home.folder + "/other"
        let bytes = try Data(contentsOf: URL(filePath: key))
        // A folder that a killed creation left, whose key was another, had another name or is not
        // noted at all.
        try Witness.create(keyFile: key + "2", stateFolder: other, name: "a/b")
        try undo(key + "2", other, keepingKey: false, keepingNote: true)
        #expect(throws: WitnessError(.alreadyExists, "")) {
            try Witness.create(keyFile: key, stateFolder: other, name: "a/b")
        }
        try undo(key, state, keepingKey: true, keepingNote: true)
        #expect(throws: WitnessError(.alreadyExists, "")) {
            try Witness.create(keyFile: key, stateFolder: state, name: "a/c")
        }
        try FileManager.default.removeItem(atPath: state + "/witness.new")
        #expect(throws: WitnessError(.alreadyExists, "")) {
            try Witness.create(keyFile: key, stateFolder: state, name: "a/b")
        }
        #expect(try Data(contentsOf: URL(filePath: key)) == bytes)
    }
}

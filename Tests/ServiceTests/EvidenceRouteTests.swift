import Access
import Cryptography
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import NIOHTTP1
import Service
import Survey
import Testing

@Suite(.serialized) struct `Evidence over HTTP` {
    private static let certification = "/v1/certifications/2561-9981-1"
    private static let members = [
        ("chair-1", "chair"), ("secretary-1", "secretary"), ("member-1", "member"),
    ]

    private static func key(_ person: String) throws -> Ed25519PrivateKey {
        try Ed25519PrivateKey(seed: SHA256.hash(Array("key of \(person)".utf8)).bytes)
    }

    /// One village, counted, prepared, signed and issued for its LAO; gives the statement.
    private static func certify(_ service: RunningService) throws -> String {
        var kinds: [Command.OneOf_Kind] = []
        var order = Order()
        (order.order, order.number, order.date) = ("committee", "3/1", "2017-11-01")
        (order.kind, order.cycle, order.area) = (.committee, "2561", "9981")
        order.validFrom = "2017-12-01"
        for (person, role) in members {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = "Secretname-\(person)"
            registration.synthetic = true
            var key = MemberKey()
            key.person = person
            key.publicKey = Data(try Self.key(person).publicKey.rawBytes)
            kinds += [.registerPerson(registration), .registerMemberKey(key)]
            var appointment = Appointment()
            (appointment.person, appointment.role) = (person, role)
            order.appointments.append(appointment)
        }
        var target = TargetRevision()
        (target.cycle, target.village, target.lao) = ("2561", "99010101", "9981")
        (target.households, target.questionnaires) = (1, 2)
        target.reason = "one house is left"
        var prepare = PrepareCertification()
        (prepare.cycle, prepare.area) = ("2561", "9981")
        kinds += [.issueOrder(order), .reviseTarget(target)]
        let commands = kinds.map { Sample.command($0) }
        let last = [
            Sample.record("99010101-0001"), Sample.command(.prepareCertification(prepare)),
        ]
        for outcome in try service.writer.run(commands + last) { _ = try outcome.get() }
        let prepared = try service.writer.reader.snapshot()
            .records(ofStream: "certification/2561-9981-1")
        let statement = try #require(prepared.first).event.certificationPrepared.statement
        var signed: [Command] = []
        for (person, role) in members {
            let key = try Self.key(person)
            var signature = CertificationSignature()
            (signature.certification, signature.person) = ("2561-9981-1", person)
            signature.role = role
            signature.publicKey = Data(key.publicKey.rawBytes)
            signature.signature = Data(try key.sign(Array(statement.utf8)))
            signed.append(Sample.command(.signCertification(signature)))
        }
        var issue = CertificationIssued()
        issue.certification = "2561-9981-1"
        signed.append(Sample.command(.issueCertification(issue)))
        for outcome in try service.writer.run(signed) { _ = try outcome.get() }
        return statement
    }

    /// What somebody does who was handed a bundle: with the auditor's tool, and with stock ones as
    /// the README in it says.
    private static func judge(_ bundle: [UInt8]) throws -> (verdict: String, stock: String) {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "bundle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(bundle).write(to: folder.appending(path: "x.asice"))
        let audit = ServeProcess.bmn.deletingLastPathComponent().appending(path: "bmn-audit")
        func run(_ script: String) throws -> String {
            let process = Process()
            process.executableURL = URL(filePath: "/bin/bash")
            process.arguments = ["-euo", "pipefail", "-c", script]
            process.currentDirectoryURL = folder
            let output = Pipe()
            (process.standardOutput, process.standardError) = (output, output)
            process.standardInput = FileHandle.nullDevice
            try process.run()
            let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            let text = String(decoding: bytes, as: UTF8.self)
            return "\(process.terminationStatus)\n\(text)"
        }
        let verdict = try run("\(audit.path) verify x.asice --json")
        let stock = try run(
            "unzip -q x.asice -d y && cd y && sed -n 's/^    //p' README.txt > ../z && bash -eu ../z"
        )
        return (verdict, stock)
    }

    @Test func `a bundle that was downloaded proves what was certified`() async throws {
        try await RunningService.run { service in
            let statement = try Self.certify(service)
            let told = try await service.ask(.GET, Self.certification + "/statement")
            #expect(told.text == statement)
            let digest = SHA256.hash(Array(statement.utf8))
            #expect(told.headers.first(name: "ETag") == "\"\(digest.hex)\"")
            #expect(told.headers.first(name: "Repr-Digest") == "sha-256=:\(digest.base64):")
            let early = try await service.ask(.GET, Self.certification + "/bundle?size=1")
            #expect(try early.code() == "checkpointUnknown")
            // Something later brings a checkpoint over all of it.
            let later = try await service.submit(
                Sample.record("99010101-0002"),
                "?wait=checkpoint"
            )
            #expect(later.status == 201)
            for path in [
                Self.certification + "/bundle", "/v1/households/99010101-0001/bundle",
            ] {
                let reply = try await service.ask(.GET, path)
                try #require(reply.status == 200, "\(path): \(reply.text)")
                let type = reply.headers.first(name: "Content-Type")
                #expect(type == "application/vnd.etsi.asic-e+zip")
                let (verdict, stock) = try Self.judge(reply.bytes)
                #expect(verdict.hasPrefix("0\n") && verdict.contains("\"ok\":true"), "\(verdict)")
                #expect(stock.hasPrefix("0\n") && stock.contains("OK: "), "\(stock)")
                #expect(!stock.contains("WRONG"))
                var damaged = reply.bytes
                damaged[damaged.count / 2] ^= 1
                let (found, _) = try Self.judge(damaged)
                #expect(!found.hasPrefix("0\n"))
            }
        }
    }

    @Test func `evidence is given to whom it concerns, and what is missing is said`() async throws {
        try await RunningService.run { service in
            #expect(
                try await service.submit(Sample.record("99010101-0001"), "?wait=checkpoint").status
                    == 201
            )
            try await service.untilFollowed()
            let household = "/v1/households/99010101-0001/bundle"
            for (path, person, code) in [
                (household, "elsewhere-1", "outsideOwnAreas"),
                (household, "admin-1", "roleMissing"),
                ("/v1/households/99010101-0404/bundle", "auditor-1", "householdUnknown"),
                (Self.certification + "/bundle", "auditor-1", "certificationUnknown"),
                (Self.certification + "/statement", "auditor-1", "certificationUnknown"),
                ("/v1/certifications/a%20b/bundle", "auditor-1", "parameterMalformed"),
                (household + "?size=3", "auditor-1", "checkpointUnknown"),
            ] {
                let reply = try await service.ask(.GET, path, as: person)
                #expect(try reply.code() == code, "\(path) as \(person)")
            }
            #expect(try await service.ask(.GET, household, as: "recorder-1").status == 200)
            let row = "recorder-1 GET /v1/households/{id}/bundle read "
            #expect(try service.told().contains(row))
        }
    }

    @Test func `a document is filed once, named by a record, and read where it belongs`()
        async throws
    {
        try await RunningService.run { service in
            let paper = "<script>alert(1)</script> รายงานการอบรม"
            let sha256 = SHA256.hash(Array(paper.utf8)).hex
            let path = "/v1/attachments/\(sha256)"
            let octets = [("Content-Type", "application/octet-stream")]
            func put(_ path: String, as person: String, _ body: String) async throws -> Reply {
                try await service.ask(.PUT, path, as: person, octets, body: body)
            }
            for _ in 0..<2 {
                let kept = try await put(path, as: "district-1", paper)
                #expect(kept.status == 200, "\(kept.text)")
                #expect(try kept.object()["byteCount"] as? String == "\(paper.utf8.count)")
            }
            let other = try await put(path, as: "district-1", paper + ".")
            #expect(try other.code() == "digestMismatch")
            for person in ["recorder-1", "auditor-1", "admin-1"] {
                let refused = try await put(path, as: person, paper)
                #expect(try refused.code() == "roleMissing", "\(person)")
            }
            let large = String(repeating: "x", count: 9 << 20)
            let name = SHA256.hash(Array(large.utf8)).hex
            let tooLarge = try await put("/v1/attachments/\(name)", as: "district-1", large)
            #expect(try tooLarge.code() == "bodyTooLarge")
            var training = Training()
            (training.training, training.cycle, training.area) = ("t-1", "2561", "9901")
            (training.kind, training.heldOn, training.place) = (.recorder, "2018-01-10", "hall")
            training.participants = ["recorder-1"]
            var document = Document()
            (document.sha256, document.mediaType) = (sha256, "text/html")
            document.byteCount = UInt64(paper.utf8.count)
            training.documents = [document]
            let recorded = try await service.submit(
                Sample.command(.recordTraining(training)),
                as: "district-1"
            )
            try #require(recorded.status == 201, "\(recorded.text)")
            let index = try #require(try recorded.object()["index"] as? Int)
            let filed = "/v1/records/\(index)/documents/\(sha256)"
            let read = try await service.ask(.GET, filed)
            #expect(read.text == paper)
            // Whatever its record says: never as a page of this service.
            #expect(read.headers.first(name: "Content-Type") == "application/octet-stream")
            let disposition = read.headers.first(name: "Content-Disposition")
            #expect(disposition?.hasPrefix("attachment;") == true)
            let elsewhere = try await service.ask(.GET, filed, as: "elsewhere-1")
            #expect(try elsewhere.code() == "outsideOwnAreas")
            let unnamed = try await service.ask(.GET, "/v1/records/0/documents/\(sha256)")
            #expect(try unnamed.code() == "documentUnknown")
            let beyond = try await service.ask(.GET, "/v1/records/9999/documents/\(sha256)")
            #expect(try beyond.code() == "recordUnknown")
            let told = try service.told()
            #expect(told.contains("auditor-1 GET /v1/records/{index}/documents/{sha256} read "))
            #expect(told.contains("district-1 PUT /v1/attachments/{sha256} read "))
            #expect(!told.contains { $0.contains(sha256) })
            // Other bytes under its name are not given away.
            let file = service.ledger.directory.attachmentsFolder + "/" + sha256
            try Data("another".utf8).write(to: URL(filePath: file))
            #expect(try await service.ask(.GET, filed).code() == "documentUnknown")
            try Data(paper.utf8).write(to: URL(filePath: file))
        }
    }
}

import Access
import Cryptography
import Foundation
import GRDB
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Service
import Survey
import Testing

@Suite(.serialized) struct `Drafts of a household` {
    private static let id = "99010101-0008"
    /// Nowhere but in what somebody typed.
    private static let secrets = ["Zyxwvutsr-secret", "8888888888888", "บ้านลับเลขที่"]

    private static func typed(_ page: Reply) throws -> TypedForm {
        var form = try TypedForm(of: page)
        form.answer(Sample.answers(), household: id)
        form.fields["m1.firstName"] = secrets[0]
        form.fields["m1.citizenID"] = secrets[1]
        form.fields["h.houseNumber"] = secrets[2]
        return form
    }

    private static func saved(
        _ visitor: Visitor,
        _ button: String = "save"
    ) async throws -> TypedForm {
        var form = try typed(try await visitor.english("/households/new"))
        let page = try await visitor.press(button, form)
        #expect(page.status == 200, "\(page.text)")
        try form.goOn(from: page)
        #expect(form.fields["draft"]?.isEmpty == false)
        return form
    }

    /// In which files of the ledger's folder any of these bytes are found.
    private static func found(_ forms: [Data], _ service: RunningService) throws -> [String] {
        let folder = URL(filePath: service.ledger.directory.path)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        #expect(names.contains("drafts.sqlite"))
        return names.filter { name in
            guard let bytes = try? Data(contentsOf: folder.appending(path: name)) else {
                return false
            }
            return forms.contains { bytes.range(of: $0) != nil }
        }
    }

    @Test func `they survive a restart, are listed for their author, and open for nobody else`()
        async throws
    {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            let form = try await Self.saved(visitor)
            let id = try #require(form.fields["draft"])
            let path = "/households/new?draft=\(id)"
            let page = try await visitor.english(path)
            #expect(page.text.contains(Self.secrets[0]))
            #expect(page.text.contains("value=\"\(form.fields["form"] ?? "?")\""))
            let list = try await visitor.english("/households/drafts")
            #expect(list.text.contains(Self.id))
            // Another process, and another store over the same file: a key of the vault's opens it.
            let again = try DraftStore(
                path: service.ledger.directory.path + "/drafts.sqlite",
                secret: service.writer.vault.commandAuthenticator
            )
            let now = service.clock.read()
            #expect(try again.drafts(of: "recorder-1", now: now).map(\.id) == [id])
            let key = try SymmetricKey.random()
            let stranger = try DraftStore(
                path: service.ledger.directory.path + "/drafts.sqlite",
                secret: HMACSHA256(key: key)
            )
            #expect(throws: AccessError.self) {
                try stranger.drafts(of: "recorder-1", now: now)
            }
            for person in ["elsewhere-1", "super-1"] {
                let other = try Visitor(service, person)
                try await other.arrive()
                #expect(try await other.english(path).status == 404)
                let theirs = try await other.english("/households/drafts")
                #expect(!theirs.text.contains(Self.id))
                // What somebody else saves over it becomes a draft of his own.
                _ = try await other.press("save", form)
                _ = try await other.sendForm(
                    "/households/drafts",
                    "csrf=\(other.csrf)&draft=\(id)"
                )
            }
            #expect(try await visitor.english(path).status == 200)
            let gone = try await visitor.sendForm(
                "/households/drafts",
                "csrf=\(visitor.csrf)&draft=\(id)"
            )
            #expect(gone.status == 303)
            #expect(try await visitor.english(path).status == 404)
        }
    }

    @Test func `no file has what was typed, and no log`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            _ = try await Self.saved(visitor, "check")
            let plain = Self.secrets.map { Data($0.utf8) }
            #expect(try Self.found(plain, service) == [])
            // Neither has one the household's id: not everybody who types one types an id.
            let drafts = URL(filePath: service.ledger.directory.path + "/drafts.sqlite")
            let bytes = try Data(contentsOf: drafts)
            #expect(bytes.range(of: Data(Self.id.utf8)) == nil)
            #expect(bytes.range(of: Data("recorder-1".utf8)) != nil)
            let mode = try FileManager.default.attributesOfItem(atPath: drafts.path)
            #expect(mode[.posixPermissions] as? Int == 0o600)
            #expect(Self.secrets.allSatisfy { !service.log.text.contains($0) })
            #expect(!(try service.told().joined().contains(Self.id)))
        }
    }

    @Test func `one goes when it is recorded, with its bytes`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            var form = try TypedForm(of: try await visitor.english("/households/new"))
            form.answer(Sample.answers(), household: Self.id)
            try form.goOn(from: try await visitor.press("check", form))
            #expect(try service.draftCount("recorder-1") == 1)
            let done = try await visitor.press("record", form)
            #expect(done.status == 200, "\(done.text)")
            #expect(try service.draftCount("recorder-1") == 0)
        }
    }

    @Test func `they go with a household that is erased, and nothing of them is left`()
        async throws
    {
        try await RunningService.run { service in
            #expect(try await service.submit(Sample.record(Self.id)).status == 201)
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            let form = try await Self.saved(visitor)
            let file = URL(filePath: service.ledger.directory.path + "/drafts.sqlite")
            let sealed = try Self.sealed(service, form.fields["draft"] ?? "")
            #expect(try Data(contentsOf: file).range(of: sealed) != nil)
            let erased = try await service.submit(Sample.erase(Self.id), as: "district-1")
            #expect(erased.status == 201, "\(erased.text)")
            try await Self.until(service, "recorder-1", has: 0)
            #expect(try Self.found([sealed], service) == [])
            let path = "/households/new?draft=\(form.fields["draft"] ?? "")"
            #expect(try await visitor.english(path).status == 404)
        }
    }

    @Test func `they go with whoever is disabled`() async throws {
        try await RunningService.run { service in
            let visitor = try Visitor(service, "recorder-1")
            try await visitor.arrive()
            _ = try await Self.saved(visitor)
            var disabling = UserDisabling()
            (disabling.cycle, disabling.person, disabling.reason) = ("2561", "recorder-1", "left")
            let reply = try await service.submit(
                Sample.command(.disableUser(disabling)),
                as: "district-1"
            )
            #expect(reply.status == 201, "\(reply.text)")
            try await Self.until(service, "recorder-1", has: 0)
        }
    }

    @Test func `the command line counts them, and takes them along when it erases`() throws {
        let ledger = try ScratchLedger()
        let writer = try ledger.writer()
        _ = try writer.run(Sample.record(Self.id)).get()
        let drafts = try DraftStore(
            path: ledger.directory.path + "/drafts.sqlite",
            secret: writer.vault.commandAuthenticator
        )
        let path = ledger.directory.path
        // By the machine's own clock: the command line looks what is too old.
        let now = Int64(Date().timeIntervalSince1970) * 1_000_000
        for household in [Self.id, "99010101-0404"] {
            try drafts.save([1], of: "p", cycle: "2561", household: household, now: now)
        }
        let counted = try ServeProcess.run(["retention", path, "--csv"])
        #expect(counted.output.contains("draft,,2,"), "\(counted.output)")
        let erased = try ServeProcess.run([
            "erase", path, "household", Self.id, "--yes", "--reason", "asked for", "--lang", "en",
        ])
        #expect(erased.status == 0, "\(erased.error)")
        #expect(try drafts.drafts(of: "p", now: now).count == 1)
        #expect(try WholeLedger.problems(writer.reader.store, ledger.directory) == [])
    }

    @Test func `there are so many, so large, for so long`() async throws {
        try await RunningService.run { service in
            let (drafts, now) = (service.parts.drafts, service.clock.read())
            func save(_ count: Int = 1, at time: Int64) throws {
                try drafts.save(
                    [UInt8](repeating: 7, count: count),
                    of: "p",
                    cycle: "2561",
                    household: "h",
                    now: time
                )
            }
            for _ in 0..<DraftStore.countMax { try save(at: now) }
            #expect(throws: AccessError.self) { try save(at: now) }
            #expect(throws: AccessError.self) {
                try drafts.save(
                    [UInt8](repeating: 7, count: DraftStore.contentByteCountMax + 1),
                    of: "q",
                    cycle: "2561",
                    household: "h",
                    now: now
                )
            }
            #expect(try drafts.drafts(of: "p", now: now).count == DraftStore.countMax)
            let later = now + Int64(DraftStore.standardDays) * 86_400_000_000
            #expect(try drafts.drafts(of: "p", now: later).isEmpty)
            try save(at: later)
            #expect(try drafts.drafts(of: "p", now: later).count == 1)
        }
    }

    private static func until(
        _ service: RunningService,
        _ person: String,
        has count: Int
    ) async throws {
        for _ in 0..<600 {
            if try service.draftCount(person) == count { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("there are \(try service.draftCount(person)) drafts")
    }

    /// The first bytes that one lies in, which are in its row and not on pages behind it.
    private static func sealed(_ service: RunningService, _ id: String) throws -> Data {
        let queue = try DatabaseQueue(path: service.ledger.directory.path + "/drafts.sqlite")
        let blob = try queue.read { db in
            try Data.fetchOne(db, sql: "SELECT sealed FROM draft WHERE id = ?", arguments: [id])
        }
        return try #require(blob).prefix(100)
    }
}

extension RunningService {
    func draftCount(_ person: String) throws -> Int {
        try parts.drafts.drafts(of: person, now: clock.read()).count
    }
}

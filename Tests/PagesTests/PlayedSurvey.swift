import Cryptography
import Foundation
import Ledger
import LedgerReader
import LedgerTestSupport
import LedgerWriter
import Pages
import ProjectionCatalog
import ProjectionRuntime
import Survey
import Testing

/// A small survey in a ledger of its own: households recorded, corrected, refused and withdrawn; an
/// LAO certified and overtaken by a correction, one that still waits for signatures; an objection.
struct PlayedSurvey {
    let pages: Pages
    private let ledger: ScratchLedger
    /// Holds the ledger open, as the service does.
    private let writer: LedgerWriter

    /// A name that would be markup if anything let it: the sign after the quotation mark makes both
    /// one character.
    static let hostileName = "<b>\"\u{301} onfocus='x'&</b>"
    static let secrets = ["Secretname", "ชื่อลับ", "8000000000", "1980-05-05"]
    static let address = "https://bmn.example.go.th"
    /// In March 2018, after everything that is played.
    static let nowSeconds: Int64 = 1_522_540_800
    static let signers = ["chair-1", "member-1", "secretary-1"]

    init() throws {
        ledger = try ScratchLedger(empty: ())
        try ledger.create()
        writer = try ledger.writer(clock: TestClock(Self.nowSeconds * 1_000_000))
        try Self.play(writer, ledger.directory)
        let survey = try SurveyDatabase(path: ledger.directory.surveyFile, use: .live)
        try ProjectionRunner(ProjectionCatalog.all, survey).catchUp(writer.reader.snapshot())
        pages = try Pages(
            survey: survey,
            reader: writer.reader,
            origin: Sample.origin,
            address: Self.address
        )
    }

    /// Every test ends by it.
    func verify() throws {
        #expect(try WholeLedger.problems(writer.reader.store, ledger.directory) == [])
    }

    func ask(
        _ path: String,
        _ language: PageLanguage = .th,
        reader: PageReader? = PlayedSurvey.everything
    ) throws -> PageAnswer {
        let parts = path.split(separator: "?", maxSplits: 1)
        var query: [String: String] = [:]
        for pair in (parts.count > 1 ? parts[1] : "").split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let value = sides.count > 1 ? String(sides[1]).removingPercentEncoding : ""
            query[String(sides[0])] = value
        }
        let names = (parts.first ?? "").split(separator: "/").map { String($0) }
        return try pages.answer(
            PageRequest(
                path: names.compactMap(\.removingPercentEncoding),
                query: query,
                language: language,
                reader: reader,
                nowSeconds: Self.nowSeconds
            )
        )
    }

    func text(_ path: String, _ language: PageLanguage = .th) throws -> String {
        String(decoding: try ask(path, language).body, as: UTF8.self)
    }

    static let everything = reader { _, _, _ in true }

    static func reader(
        _ reads: @escaping @Sendable (String, String, String) -> Bool
    ) -> PageReader {
        PageReader(
            person: "auditor-1",
            roles: ["auditor"],
            readsHousehold: reads,
            csrf: "csrf-of-this-session"
        )
    }

    // MARK: What is played

    private static func play(_ writer: LedgerWriter, _ directory: LedgerDirectory) throws {
        var commands = Sample.setup
        for offset in commands.indices {
            guard case .defineCycle(var cycle)? = commands[offset].kind else {
                if case .defineArea(var area)? = commands[offset].kind, area.code == "99010102" {
                    area.nameTh = hostileName
                    commands[offset].kind = .defineArea(area)
                }
                continue
            }
            cycle.requiresFullCoverage = false
            commands[offset].kind = .defineCycle(cycle)
        }
        commands += try members()
        commands += ["h-1", "h-2", "h-3"].map {
            Sample.record(
                $0,
                firstName: "ชื่อลับ",
                citizenID: $0 == "h-1" ? Sample.citizenID(1) : ""
            )
        }
        commands += [
            Sample.record("h-4", place: 1), Sample.correct("h-1", failing: 1),
            Sample.correct("h-2", failing: 0, personal: Sample.personal(firstName: "ชื่อลับใหม่")),
            Sample.correct("h-4", failing: 1), Sample.notCollected("h-5", place: 1),
            Sample.withdraw("h-3"),
        ]
        try run(commands, writer)
        try certify("9981", signers, writer)
        try certify("990151", ["chair-1"], writer)
        // Overtakes the first of them.
        try run(
            [Sample.correct("h-1", failing: 0), Sample.command(.raiseObjection(objection))],
            writer
        )
        _ = try CheckpointLog(directory, sharing: writer.reader.store).sign()
        try run([Sample.record("h-6")], writer)
    }

    private static func run(_ commands: [Command], _ writer: LedgerWriter) throws {
        for outcome in try writer.run(commands) { _ = try outcome.get() }
    }

    private static var objection: Objection {
        var objection = Objection()
        (objection.objection, objection.cycle, objection.area) = ("o-1", "2561", "99010102")
        (objection.raisedBy, objection.text) = (.communityLeader, "counted twice")
        objection.indicator = 8
        return objection
    }

    /// People who sign, their keys, and the orders that seat them.
    private static func members() throws -> [Command] {
        var commands: [Command] = []
        for person in signers {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = "Secretname-\(person)"
            registration.synthetic = true
            commands.append(Sample.command(.registerPerson(registration)))
            var key = MemberKey()
            key.person = person
            key.publicKey = Data(try Self.key(person).publicKey.rawBytes)
            commands.append(Sample.command(.registerMemberKey(key)))
        }
        for area in ["9981", "990151"] {
            var order = Order()
            (order.order, order.number, order.date) = ("committee-\(area)", "9/2560", "2017-11-01")
            (order.kind, order.cycle, order.area) = (.committee, "2561", area)
            (order.validFrom, order.validTo) = ("2017-12-01", "2018-06-30")
            order.appointments = signers.map { person in
                var appointment = Appointment()
                appointment.person = person
                appointment.role = String(person.prefix { $0 != "-" })
                return appointment
            }
            commands.append(Sample.command(.issueOrder(order)))
        }
        return commands
    }

    private static func key(_ person: String) throws -> Ed25519PrivateKey {
        try Ed25519PrivateKey(seed: SHA256.hash(Array("key of \(person)".utf8)).bytes)
    }

    private static func certify(
        _ area: String,
        _ persons: [String],
        _ writer: LedgerWriter
    ) throws {
        var command = PrepareCertification()
        (command.cycle, command.area) = ("2561", area)
        try run([Sample.command(.prepareCertification(command))], writer)
        let id = "2561-\(area)-1"
        let records = try writer.reader.snapshot().records(ofStream: "certification/\(id)")
        let statement = try #require(records.first).event.certificationPrepared.statement
        var commands: [Command] = []
        for person in persons {
            let key = try Self.key(person)
            var signature = CertificationSignature()
            (signature.certification, signature.person) = (id, person)
            signature.role = String(person.prefix { $0 != "-" })
            signature.publicKey = Data(key.publicKey.rawBytes)
            signature.signature = Data(try key.sign(Array(statement.utf8)))
            commands.append(Sample.command(.signCertification(signature)))
        }
        if persons.count == signers.count {
            var issue = CertificationIssued()
            issue.certification = id
            commands.append(Sample.command(.issueCertification(issue)))
        }
        try run(commands, writer)
    }
}

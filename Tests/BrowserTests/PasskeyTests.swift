import Foundation
import LedgerReader
import LedgerTestSupport
import Survey
import Testing

/// A province with people who use the service, and `bmn serve` over it.
final class ServedProvince {
    let scratch: ScratchLedger
    private let service: BackgroundProgram
    /// As browsers call it, without the last slash.
    let site: String

    private static let bmn = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "bmn")

    private init(_ scratch: ScratchLedger, _ service: BackgroundProgram, _ site: String) {
        (self.scratch, self.service, self.site) = (scratch, service, site)
    }

    /// `more` comes after what all tests need, before the service starts.
    static func start(_ more: [Command] = []) async throws -> ServedProvince {
        let scratch = try ScratchLedger()
        try staff(scratch, more)
        let service = try BackgroundProgram(
            bmn,
            ["serve", scratch.directory.path, "--lang", "en", "--listen", "127.0.0.1:0"]
        )
        let site = try await service.line(after: "pages at ")
        return ServedProvince(scratch, service, String(site.dropLast()))
    }

    private static func staff(_ scratch: ScratchLedger, _ more: [Command]) throws {
        var kinds: [Command.OneOf_Kind] = []
        var order = Order()
        (order.order, order.number, order.date) = ("committee", "3/1", "2017-11-01")
        (order.kind, order.cycle, order.area) = (.committee, "2561", "9981")
        order.validFrom = "2017-12-01"
        for (person, role) in [
            ("auditor-1", ""), ("chair-1", "chair"), ("secretary-1", "secretary"),
            ("member-1", "member"),
        ] {
            var registration = RegisterPerson()
            registration.person = person
            registration.identity.firstName = "Secretname-\(person)"
            registration.synthetic = true
            kinds.append(.registerPerson(registration))
            guard !role.isEmpty else { continue }
            var appointment = Appointment()
            (appointment.person, appointment.role) = (person, role)
            order.appointments.append(appointment)
        }
        kinds.append(.issueOrder(order))
        var user = UserRegistration()
        (user.cycle, user.person, user.role, user.area) = ("2561", "auditor-1", "auditor", "99")
        kinds.append(.registerUser(user))
        var target = TargetRevision()
        (target.cycle, target.village, target.lao) = ("2561", "99010101", "9981")
        (target.households, target.questionnaires) = (1, 2)
        target.reason = "one house is left"
        kinds.append(.reviseTarget(target))
        var prepare = PrepareCertification()
        (prepare.cycle, prepare.area) = ("2561", "9981")
        let commands =
            kinds.map { Sample.command($0) } + [
                Sample.record("99010101-0001"), Sample.command(.prepareCertification(prepare)),
            ] + more
        for outcome in try scratch.writer().run(commands) { _ = try outcome.get() }
    }

    /// The address of a new link.
    func link(_ person: String) throws -> String {
        try BackgroundProgram.run(
            Self.bmn,
            ["passkey", "link", scratch.directory.path, "--person", person, "--web-origin", site]
        )
    }

    /// The kinds of the events about a person.
    func events(of person: String) throws -> String {
        try BackgroundProgram.run(
            Self.bmn,
            ["log", scratch.directory.path, "--stream", "person/\(person)"]
        )
    }

    func problems() throws -> [String] { try WholeLedger.problems(scratch.directory) }
}

@Suite(
    .serialized,
    .enabled(
        if: Browser.isInstalled,
        "there is no browser: Tools/install chromium chromium-driver"
    )
)
struct `Passkeys in a browser` {
    /// Words of the pages in a language.
    private struct Words {
        let signIn: String
        let refused: String
        let sign: String

        init(_ language: String) {
            let isThai = language == "th"
            signIn = isThai ? "เข้าสู่ระบบ" : "Sign in"
            refused = isThai ? "อุปกรณ์ไม่ตอบ" : "The device did not answer"
            sign = isThai ? "ลงนามคำรับรอง" : "Sign the certification"
        }
    }

    static func enrol(_ browser: Browser, _ link: String, site: String) async throws {
        try await browser.go(link)
        try await browser.type("test device", into: "#label")
        try await browser.click("#passkey button")
        try await browser.untilAt(site + "/sign-in")
    }

    static func signIn(_ browser: Browser, site: String) async throws {
        try await browser.go(site + "/sign-in")
        try await browser.click("#passkey button")
        try await browser.untilAt(site + "/")
    }

    @Test(arguments: zip([Browser.Screen.phone, .desktop], ["th", "en"]))
    func `a newcomer enrols by a link, signs in, looks and leaves`(
        screen: Browser.Screen,
        language: String
    ) async throws {
        print("screenshots: \(Browser.screenshotFolder.path)")
        let words = Words(language)
        let province = try await ServedProvince.start()
        let browser = try await Browser.open(screen, language: language)
        let site = province.site
        try await browser.go(site + "/")
        try await browser.untilAt(site + "/sign-in?next=%2F")
        #expect(try await browser.text("h1") == words.signIn)
        #expect(try await browser.fits())
        try await browser.screenshot("sign-in-\(language)")

        let link = try province.link("auditor-1")
        try await browser.go(link)
        #expect(try await browser.fits())
        try await browser.screenshot("enrol-\(language)")
        try await Self.enrol(browser, link, site: site)
        #expect(try province.events(of: "auditor-1").contains("passkeyRegistered"))
        try await browser.go(link)
        #expect(try await browser.text("main").contains("linkInvalid"))

        try await Self.signIn(browser, site: site)
        #expect(try await browser.text("header").contains("auditor-1"))
        #expect(try await browser.fits())
        try await browser.screenshot("overview-\(language)")
        // What is for the service alone no script of a page can read.
        #expect(try await browser.value("document.cookie.includes('bmn=')") as? Bool == false)

        try await browser.click("form.account button")
        try await browser.untilAt(site + "/sign-in")
        try await browser.go(site + "/areas")
        try await browser.untilAt(site + "/sign-in?next=%2Fareas")
        // Back to where one wanted to go.
        try await browser.click("#passkey button")
        try await browser.untilAt(site + "/areas")

        // Ended elsewhere, as by a person who lost this device.
        _ = try BackgroundProgram.run(
            URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
                .deletingLastPathComponent().appending(path: "bmn"),
            ["passkey", "end", province.scratch.directory.path, "--person", "auditor-1"]
        )
        try await browser.go(site + "/")
        try await browser.untilAt(site + "/sign-in?next=%2F")

        try await browser.verifiesUser(false)
        try await browser.click("#passkey button")
        try await browser.untilShown("#passkey-status", contains: words.refused)
        #expect(try await browser.url() == site + "/sign-in?next=%2F")
        try await browser.screenshot("refused-\(language)")
        try await browser.close()
        #expect(try province.problems() == [])
    }

    @Test func `signing out everywhere ends the session in another browser`() async throws {
        let province = try await ServedProvince.start()
        let site = province.site
        let (desktop, phone) = (
            try await Browser.open(.desktop, language: "en"),
            try await Browser.open(.phone, language: "th")
        )
        for browser in [desktop, phone] {
            try await Self.enrol(browser, try province.link("auditor-1"), site: site)
            try await Self.signIn(browser, site: site)
        }
        _ = try await desktop.value(
            "(() => { const form = document.querySelector('form.account');"
                + " form.action = '/sign-out-everywhere'; form.submit(); })()"
        )
        try await desktop.untilAt(site + "/sign-in")
        try await phone.go(site + "/")
        try await phone.untilAt(site + "/sign-in?next=%2F")
        try await desktop.close()
        try await phone.close()
        #expect(try province.problems() == [])
    }

    @Test(arguments: zip([Browser.Screen.phone, .desktop], ["th", "en"]))
    func `three members sign a certification`(
        screen: Browser.Screen,
        language: String
    ) async throws {
        let province = try await ServedProvince.start()
        let site = province.site
        let page = site + "/certifications/2561-9981-1"
        for person in ["chair-1", "secretary-1", "member-1"] {
            let browser = try await Browser.open(screen, language: language)
            try await Self.enrol(browser, try province.link(person), site: site)
            try await Self.signIn(browser, site: site)
            try await browser.go(page + "/sign")
            #expect(try await browser.text("h1").contains(Words(language).sign))
            #expect(try await browser.text("pre").contains("certification statement v2"))
            #expect(try await browser.fits())
            try await browser.screenshot("sign-\(language)")
            try await browser.click("#passkey button")
            try await browser.untilAt(page)
            #expect(try await browser.text("main").contains(person))
            try await browser.close()
        }
        #expect(try province.problems() == [])
    }
}

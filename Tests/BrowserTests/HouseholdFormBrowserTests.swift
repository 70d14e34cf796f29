import Foundation
import LedgerReader
import LedgerTestSupport
import Survey
import Testing

/// A province with a recorder who may work today, and `bmn serve` over it.
private final class RecordersProvince {
    let scratch: ScratchLedger
    private let service: BackgroundProgram
    let site: String

    private static let bmn = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "bmn")

    init() async throws {
        scratch = try ScratchLedger()
        var user = UserRegistration()
        (user.cycle, user.person, user.role, user.area) = ("2561", "recorder-1", "recorder", "9901")
        for outcome in try scratch.writer().run([Sample.command(.registerUser(user))]) {
            _ = try outcome.get()
        }
        service = try BackgroundProgram(
            Self.bmn,
            ["serve", scratch.directory.path, "--lang", "en", "--listen", "127.0.0.1:0"]
        )
        site = String(try await service.line(after: "pages at ").dropLast())
    }

    func link() throws -> String {
        try BackgroundProgram.run(
            Self.bmn,
            [
                "passkey", "link", scratch.directory.path, "--person", "recorder-1",
                "--web-origin", site,
            ]
        )
    }

    /// The kinds of the events of a household, one a line.
    func events(_ household: String) throws -> String {
        try BackgroundProgram.run(
            Self.bmn,
            ["log", scratch.directory.path, "--stream", "household/2561/\(household)"]
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
struct `A recorder with the keyboard alone` {
    private struct Words {
        let recorded: String
        let corrected: String
        let warned: String
        let draft: String

        init(_ language: String) {
            let isThai = language == "th"
            recorded = isThai ? "บันทึกครัวเรือนแล้ว" : "The household is recorded"
            corrected = isThai ? "แก้ไขครัวเรือนแล้ว" : "The household is corrected"
            warned = isThai ? "แต่ตอบว่าไม่ได้ศึกษา" : "the answer is not studying"
            draft = isThai ? "เก็บร่างไว้แล้ว" : "The draft is saved"
        }
    }

    private static let household = "99010101-0011"

    private static func field(_ name: String) -> String { "[name=\"\(name)\"]" }

    /// Goes to a field by its place in the order of Tab, and types; letters and digits choose, too.
    private static func fill(_ browser: Browser, _ values: [String: String]) async throws {
        let names = try await browser.value(
            "[...document.querySelectorAll('form.entry input:not([type=hidden]), form.entry select')]"
                + ".map(field => field.name)"
        )
        for name in names as? [String] ?? [] {
            guard let text = values[name] else { continue }
            try await browser.type(text, into: field(name))
        }
    }

    /// The button, pressed by the key for Enter.
    private static func press(_ browser: Browser, _ button: String) async throws {
        try await browser.type("\u{E007}", into: ".actions button[value=\"\(button)\"]")
    }

    /// Choices by the numbers in front of them.
    private static func answers(birthDate: String) -> [String: String] {
        var values = [
            "village": "99010101", "lao": "9981", "interviewedOn": "15/1/2561",
            "collector": "collector-1", "occurredOn": "1/2/2561", "household": household,
            "h.houseNumber": "12/3", "m1.relation": "1", "m1.title": "1", "m1.firstName": "สมมุติ",
            "m1.lastName": "ตัวอย่าง", "m1.sex": "1", "m1.birthDate": birthDate,
            "m1.occupation": "2", "m1.education": "3", "m1.religion": "1", "m1.q20": "2",
            "m1.q22.1": "120,000", "m1.q22.2": "0", "m1.q22.3": "0", "m1.q22.4": "0",
        ]
        for (place, answers) in [
            ("h", Sample.answers().household), ("m1", Sample.answers().members[0]),
        ] {
            for (item, answer) in answers {
                guard case .yesNo(let isYes) = answer else { continue }
                values["\(place).\(item)"] = isYes ? "1" : "2"
            }
        }
        return values
    }

    @Test(arguments: zip([Browser.Screen.phone, .desktop], ["th", "en"]))
    func `records a household, is warned, comes back to a draft, corrects, and sees the history`(
        screen: Browser.Screen,
        language: String
    ) async throws {
        let words = Words(language)
        let province = try await RecordersProvince()
        let site = province.site
        let browser = try await Browser.open(screen, language: language)
        try await browser.go(try province.link())
        try await browser.type("test device", into: "#label")
        try await browser.click("#passkey button")
        try await browser.untilAt(site + "/sign-in")
        try await browser.click("#passkey button")
        try await browser.untilAt(site + "/")

        try await browser.go(site + "/households/new")
        #expect(try await browser.fits())
        var values = Self.answers(birthDate: "5/5/2523")
        // Enter in a field sends nothing.
        try await browser.type("99010101\u{E007}", into: Self.field("village"))
        #expect(try await browser.url() == site + "/households/new")
        values["village"] = nil
        try await Self.fill(browser, values)
        try await Self.press(browser, "save")
        try await browser.untilShown("#told", contains: words.draft)
        try await browser.screenshot("household-draft-\(language)")

        // Back to it later, from the list; what follows from the age is asked by now.
        try await browser.go(site + "/households/drafts")
        try await browser.type("\u{E007}", into: "tbody th a")
        try await browser.untilShown("h1", contains: "2561")
        let kept = try await browser.value(
            "document.querySelector('[name=\"m1.firstName\"]').value"
        )
        #expect(kept as? String == "สมมุติ")
        try await Self.fill(
            browser,
            values.filter { $0.key.hasPrefix("m1.q") || $0.key.hasPrefix("h.q") }
        )
        // A student who does not study: the form warns, and goes on when it was seen.
        try await Self.press(browser, "check")
        try await browser.untilShown("#told", contains: words.warned)
        #expect(try await browser.fits())
        try await browser.screenshot("household-warned-\(language)")
        try await Self.press(browser, "record")
        try await browser.untilShown("h1", contains: words.recorded)
        #expect(try province.events(Self.household).contains("householdRecorded"))

        try await Self.correct(browser, words, site: site, language: language)
        let events = try province.events(Self.household)
        #expect(events.contains("householdCorrected"))
        try await browser.close()
        #expect(try province.problems() == [])
    }

    private static func correct(
        _ browser: Browser,
        _ words: Words,
        site: String,
        language: String
    ) async throws {
        try await browser.go(site + "/households/\(household)/correct?cycle=2561")
        #expect(try await browser.fits())
        try await browser.type("2", into: field("h.q4.1"))
        try await browser.type("อ่านแบบสอบถามผิด", into: field("reason"))
        try await browser.type("1/2/2561", into: field("occurredOn"))
        try await press(browser, "check")
        try await browser.untilShown("#told", contains: language == "th" ? "ไม่ใช่" : "no")
        try await browser.screenshot("household-correction-\(language)")
        try await press(browser, "record")
        try await browser.untilShown("h1", contains: words.corrected)
        try await browser.go(site + "/households/\(household)?cycle=2561")
        try await browser.untilShown("main", contains: "อ่านแบบสอบถามผิด")
        try await browser.go(site + "/households/\(household)/answers?cycle=2561")
        let changed = try await browser.text("section[aria-labelledby^=\"change-\"]")
        #expect(changed.contains(language == "th" ? "ไม่ใช่" : "no"))
        #expect(try await browser.fits())
    }
}

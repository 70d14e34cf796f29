import Foundation
import LedgerReader
import LedgerTestSupport
import Survey
import Testing

@Suite(
    .serialized,
    .enabled(
        if: Browser.isInstalled,
        "there is no browser: Tools/install chromium chromium-driver"
    )
)
struct `Entering in a browser` {
    private static let tab: Character = "\u{E004}"
    private static let enter: Character = "\u{E007}"

    /// A supervisor, and a village that has no target yet.
    private static var staff: [Command.OneOf_Kind] {
        var village = Area()
        (village.code, village.level, village.parentCode) = ("99010103", .village, "990101")
        (village.nameTh, village.synthetic) = ("หมู่สาม", true)
        var person = RegisterPerson()
        (person.person, person.synthetic) = ("super-1", true)
        person.identity.firstName = "Secretname-super-1"
        var user = UserRegistration()
        (user.cycle, user.person, user.role, user.area) = ("2561", "super-1", "supervisor", "99")
        return [.defineArea(village), .registerPerson(person), .registerUser(user)]
    }

    @Test(arguments: zip([Browser.Screen.phone, .desktop], ["th", "en"]))
    func `a supervisor enters a meeting with the keyboard and uploads targets`(
        screen: Browser.Screen,
        language: String
    ) async throws {
        let province = try await ServedProvince.start(
            Self.staff.map { Sample.command($0) }
        )
        let site = province.site
        let browser = try await Browser.open(screen, language: language)
        try await `Passkeys in a browser`.enrol(
            browser,
            try province.link("super-1"),
            site: site
        )
        try await `Passkeys in a browser`.signIn(browser, site: site)

        try await browser.go(site + "/enter")
        #expect(try await browser.fits())
        try await browser.screenshot("enter-\(language)")
        try await browser.go(site + "/enter/meetings")
        #expect(try await browser.fits())
        _ = try await browser.value("document.getElementById('f.meeting').focus()")
        // The cycle and the area stand there already.
        let texts = ["m-1", "", "", "31/2/2561", "หอประชุม", "วางแผน", "ว 12", "13/1/2561"]
        for text in texts { try await browser.press(text + String(Self.tab)) }
        try await browser.press(String(Self.enter))
        try await browser.untilShown(
            "[role=alert]",
            contains: language == "th" ? "ปฏิทิน" : "calendar"
        )
        #expect(try await browser.fits())
        try await browser.screenshot("mistake-\(language)")
        let kept = try await browser.value("document.getElementById('f.place').value")
        #expect(kept as? String == "หอประชุม")
        _ = try await browser.value("document.getElementById('f.scheduled_on').select()")
        try await browser.press("20/1/2561")
        // Through the fields below to the button.
        try await browser.press(String(repeating: Self.tab, count: 5) + String(Self.enter))
        try await browser.untilShown("h1", contains: language == "th" ? "บันทึกแล้ว" : "Recorded")
        #expect(try await browser.fits())
        try await browser.screenshot("entered-\(language)")

        let file = URL(filePath: province.scratch.directory.path).appending(path: "targets.csv")
        let header = "cycle,village,lao,households,questionnaires\r\n"
        let row = "2561,99010103,9981,120,125\r\n"
        try Data((header + row + "2561,9901,9981,x,1\r\n").utf8).write(to: file)
        try await browser.go(site + "/import/targets")
        #expect(try await browser.fits())
        try await browser.type(file.path, into: "#file")
        try await browser.click("form[action=\"/import/targets\"] button")
        try await browser.untilShown(
            "[role=status]",
            contains: language == "th" ? "ตัวอย่าง" : "Preview"
        )
        #expect(try await browser.fits())
        #expect(try await browser.text("main").contains("99010103"))
        try await browser.screenshot("preview-\(language)")
        try await browser.click("form[action$=\"/confirm\"] button")
        try await browser.untilShown(
            "[role=status]",
            contains: language == "th" ? "เสร็จแล้ว" : "Done"
        )
        #expect(try await browser.fits())
        try await browser.screenshot("recorded-\(language)")
        try await browser.close()
        #expect(try province.problems() == [])
    }
}

import Foundation
import Testing

/// A PDF, read by Poppler's programs.
private struct Paper {
    static let readers = ["/usr/bin/pdftotext", "/usr/bin/pdfinfo"]
    static var canBeRead: Bool {
        readers.allSatisfy { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// Without white space, and each vowel written one way: a PDF has glyphs in places, no words.
    let text: String
    let information: String

    init(_ bytes: Data) throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "paper-\(UUID().uuidString).pdf")
        defer { try? FileManager.default.removeItem(at: file) }
        try bytes.write(to: file)
        text = Self.plain(
            try BackgroundProgram.run(URL(filePath: Self.readers[0]), [file.path, "-"])
        )
        information = try BackgroundProgram.run(URL(filePath: Self.readers[1]), [file.path])
    }

    func says(_ words: String) -> Bool { text.contains(Self.plain(words)) }

    var isA4: Bool { information.contains("(A4)") }

    private static func plain(_ text: String) -> String {
        text.precomposedStringWithCompatibilityMapping.filter { !$0.isWhitespace }
    }
}

@Suite(
    .serialized,
    .enabled(
        if: Browser.isInstalled,
        "there is no browser: Tools/install chromium chromium-driver"
    ),
    .enabled(if: Paper.canBeRead, "no program reads PDF: Tools/install poppler-utils")
)
struct `Pages on paper` {
    @Test func `a certification's form is A4 in Thai, with Thai digits and Thai years`()
        async throws
    {
        let province = try await ServedProvince.startWithAll()
        let browser = try await province.signedIn("auditor-1", .desktop, language: "th")
        try await browser.go(province.site + "/certifications/2561-9981-1/form")
        let paper = try Paper(try await browser.printed())
        #expect(paper.isA4, "\(paper.information)")
        for words in [
            "แบบรับรองคุณภาพข้อมูล จปฐ.", "ประจำปี", "๒๕๖๑", "พื้นที่ ๙๙๘๑",
            "๑ กุมภาพันธ์ ๒๕๖๑", "คณะกรรมการได้ตรวจสอบตัวเลขข้างต้น", "ยังไม่ลงนามในบัญชี", "ค่าราก",
        ] { #expect(paper.says(words), "\(words) is not in \(paper.text)") }
        // What is for the screen alone.
        #expect(!paper.says("ออกจากระบบ"))
        #expect(!paper.says("กุมภาพันธ์ 2561"))
        try await browser.close()
        #expect(try province.problems() == [])
    }

    @Test(arguments: ["th", "en"])
    func `other pages are printed on A4 with their headings, without what is for the screen`(
        language: String
    ) async throws {
        let province = try await ServedProvince.startWithAll()
        let browser = try await province.signedIn("auditor-1", .phone, language: language)
        for path in [
            "/", "/areas/9981", "/households/99010102-0001?cycle=2561",
            "/certifications/2561-9981-1", "/records/1", "/lists/orders",
        ] {
            try await browser.go(province.site + path)
            let heading = try await browser.text("h1")
            let paper = try Paper(try await browser.printed())
            #expect(paper.isA4, "\(path): \(paper.information)")
            #expect(paper.says(heading), "\(heading) is not in \(paper.text.prefix(500))")
            #expect(!paper.says(language == "th" ? "ออกจากระบบ" : "Sign out"), "\(path)")
        }
        try await browser.close()
        #expect(try province.problems() == [])
    }
}

import Foundation
import Testing

/// axe-core, which nobody here wrote: BMN_AXE names its file, as Tools/test sets it.
private enum Axe {
    static let file = ProcessInfo.processInfo.environment["BMN_AXE"]

    private static let tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    /// What the page in the browser does wrong, a rule with its places each.
    static func violations(_ browser: Browser, _ source: String) async throws -> [String] {
        try await browser.run(source)
        // The size of what a finger has to hit is looked at only when that is said.
        let found = try await browser.awaited(
            """
            axe.run(document, {
                runOnly: { type: 'tag', values: \(tags) },
                rules: { 'target-size': { enabled: true } },
                resultTypes: ['violations'],
            }).then(
                result => done({
                    rules: result.passes.length + result.violations.length,
                    violations: result.violations.map(rule => rule.id + ': ' + rule.help + ' ' +
                        rule.nodes.map(node => node.html).join(' ')),
                }),
                error => done({ rules: 0, violations: [String(error)] }))
            """
        )
        let result = try #require(found as? [String: Any])
        // A run of no rules would find nothing, too.
        #expect((result["rules"] as? Int ?? 0) > 5)
        return try #require(result["violations"] as? [String])
    }
}

@Suite(
    .serialized,
    .enabled(
        if: Browser.isInstalled,
        "there is no browser: Tools/install chromium chromium-driver"
    ),
    .enabled(if: Axe.file != nil, "BMN_AXE names no axe.min.js: Tools/test sets it")
)
struct `Pages for everybody` {
    @Test(arguments: [Browser.Screen.phone, .desktop], ["th", "en"])
    func `axe finds nothing against WCAG 2.2 AA on any page, and none is wider than the screen`(
        screen: Browser.Screen,
        language: String
    ) async throws {
        let axe = try String(contentsOf: URL(filePath: try #require(Axe.file)), encoding: .utf8)
        let province = try await ServedProvince.startWithAll()
        func look(_ browser: Browser, _ page: String) async throws {
            for violation in try await Axe.violations(browser, axe) {
                Issue.record("\(page): \(violation)")
            }
            #expect(try await browser.fits(), "\(page) is wider than the screen")
            let name = page.split { !$0.isLetter && $0 != "*" }.joined(separator: "-")
            try await browser.screenshot("page-\(name.replacing("*", with: "id"))-\(language)")
        }
        let stranger = try await Browser.open(screen, language: language)
        for page in ["/sign-in", "/nothing-here"] {
            try await stranger.go(province.site + page)
            try await look(stranger, page)
        }
        try await stranger.go(try province.link("auditor-1"))
        try await look(stranger, "/enrol")
        try await stranger.close()

        var seen: Set<String> = []
        for person in ["auditor-1", "chair-1", "super-1", "recorder-1"] {
            let browser = try await province.signedIn(person, screen, language: language)
            try await SiteWalk(browser, site: province.site).eachPage(seen: &seen) { shape in
                try await look(browser, shape)
            }
            try await browser.go(province.site + "/areas/none")
            try await look(browser, "/missing")
            try await browser.close()
        }
        for shape in [
            "/", "/areas", "/areas/*", "/households", "/households/*", "/certifications",
            "/certifications/*", "/certifications/*/form", "/certifications/*/sign", "/lists",
            "/lists/orders", "/records", "/records/*", "/checkpoints",
        ] { #expect(seen.contains(shape), "\(shape) was not looked at") }
        #expect(try province.problems() == [])
    }
}

import Mustache

/// What every page has around its own part: head, navigation, language switch, who is signed in.
package struct Layout: Sendable {
    private let library: MustacheLibrary

    init() throws {
        var library = MustacheLibrary()
        for (name, text) in Assets.templates {
            try library.register(String(decoding: text, as: UTF8.self), named: name)
        }
        self.library = library
    }

    /// A whole page around `main`, which begins with its own `<h1>`.
    ///
    /// `scripts` are paths below `/assets/` that the page may do without.
    package func render(
        title: String,
        main: Markup,
        request: PageRequest,
        scripts: [String] = []
    ) -> [UInt8] {
        Array(page(title: title, main: main, request: request, scripts: scripts).text.utf8)
    }

    private func page(
        title: String,
        main: Markup,
        request: PageRequest,
        scripts: [String]
    ) -> Markup {
        let language = request.language
        func choose(_ thai: String, _ english: String) -> Markup {
            "\(language == .th ? thai : english)"
        }
        let common = Self.places.filter { place in
            place.path != "enter" || request.reader?.enters == true
        }
        let places = (common + Self.places(of: request.reader)).map { place -> [String: Any] in
            let isHere = place.path == (request.path.first ?? "")
            return [
                "href": "/\(place.path)",
                "name": choose(place.thai, place.english).text,
                "current": isHere ? #" aria-current="page""# : "",
            ]
        }
        let other: PageLanguage = language == .th ? .en : .th
        return fill(
            "layout",
            [
                "language": language.rawValue,
                "title": ("\(title)" as Markup).text,
                "site": choose("บัญชีข้อมูล จปฐ.", "BMN ledger").text,
                "skip": choose("ข้ามไปยังเนื้อหา", "Skip to the content").text,
                "menu": choose("เมนูหลัก", "Main menu").text,
                "places": places, "hasPlaces": request.reader != nil,
                "otherLanguage": other.rawValue,
                "otherHref": ("\(Link.same(request, ["lang": other.rawValue]))" as Markup).text,
                "otherName": other == .th ? "ภาษาไทย" : "English",
                "account": account(request).text,
                "scripts": scripts.map { ["src": ("/assets/\($0)" as Markup).text] },
                "main": main.text,
            ]
        )
    }

    /// Who is signed in, and the way out.
    private func account(_ request: PageRequest) -> Markup {
        guard let reader = request.reader else { return "" }
        let isThai = request.language == .th
        return """
            <form class="account" method="post" action="/sign-out">
            <input type="hidden" name="csrf" value="\(reader.csrf)"/>
            <span>\(isThai ? "ผู้ใช้" : "Signed in as") \
            <a href="/account"><b>\(reader.person)</b></a></span>
            <button type="submit">\(isThai ? "ออกจากระบบ" : "Sign out")</button>
            </form>

            """
    }

    private static let places = [
        (path: "", thai: "ภาพรวม", english: "Overview"),
        (path: "areas", thai: "พื้นที่", english: "Areas"),
        (path: "households", thai: "ครัวเรือน", english: "Households"),
        (path: "certifications", thai: "คำรับรอง", english: "Certifications"),
        (path: "enter", thai: "บันทึก", english: "Enter"),
        (path: "lists", thai: "รายการ", english: "Lists"),
        (path: "records", thai: "ระเบียน", english: "Records"),
        (path: "checkpoints", thai: "จุดตรวจ", english: "Checkpoints"),
    ]

    /// What not everybody may see.
    private static func places(
        of reader: PageReader?
    ) -> [(path: String, thai: String, english: String)] {
        let roles = Set(reader?.roles ?? [])
        let audit = (path: "audit", thai: "ตรวจสอบ", english: "Audit")
        let admin = (path: "admin", thai: "ดูแลระบบ", english: "Admin")
        return (roles.isDisjoint(with: ["auditor", "committee"]) ? [] : [audit])
            + (roles.contains("admin") ? [admin] : [])
    }

    /// A template with its values, every one of which is markup already.
    ///
    /// Templates escape nothing: swift-mustache escapes whole characters, so it misses a quotation
    /// mark that is followed by a combining sign. `Markup` escapes each scalar.
    func fill(_ template: String, _ values: [String: Any]) -> Markup {
        guard let text = library.render(values, withTemplate: template) else {
            preconditionFailure("no template is named \(template)")
        }
        return Markup(safe: text)
    }
}

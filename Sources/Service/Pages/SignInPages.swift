import Console
import Cryptography
import Pages
import Survey

/// The pages of signing in, in the look of the others.
extension Pages {
    private static let scripts = ["passkeys.js"]

    func signIn(_ request: PageRequest, next: String) -> [UInt8] {
        let words = PasskeyWords(request.language)
        return layout.render(
            title: words.signIn,
            main: """
                <h1>\(words.signIn)</h1>
                <p>\(words.howToSignIn)</p>
                <noscript><p>\(words.needsScript)</p></noscript>
                <form id="passkey" data-use="sign-in" data-options="/sign-in/options" \
                data-verify="/sign-in/verify" data-next="\(next)" \(words.attributes)>
                <button type="submit">\(words.signIn)</button>
                </form>
                <p id="passkey-status" role="status"></p>
                <p>\(words.howToEnrol)</p>

                """,
            request: request.withoutReader,
            scripts: Self.scripts
        )
    }

    func enrolment(_ request: PageRequest, person: String, path: String) -> [UInt8] {
        let words = PasskeyWords(request.language)
        return layout.render(
            title: words.enrol,
            main: """
                <h1>\(words.enrol)</h1>
                <p>\(words.enrolFor) <b>\(person)</b></p>
                <p>\(words.whatEnrolDoes)</p>
                <noscript><p>\(words.needsScript)</p></noscript>
                <form id="passkey" data-use="enrol" data-options="\(path)/options" \
                data-verify="\(path)/verify" data-next="/sign-in" \(words.attributes)>
                <p><label for="label">\(words.label)</label>
                <input id="label" name="label" maxlength="60" autocomplete="off"/></p>
                <button type="submit">\(words.enrol)</button>
                </form>
                <p id="passkey-status" role="status"></p>

                """,
            request: request.withoutReader,
            scripts: Self.scripts
        )
    }

    /// Shows what is signed before it is signed.
    func signature(_ request: PageRequest, of id: String, statement: String) -> [UInt8] {
        let words = PasskeyWords(request.language)
        let digest = SHA256.hash(Array(statement.utf8)).hex
        return layout.render(
            title: "\(words.sign) \(id)",
            main: """
                <h1>\(words.sign) \(id)</h1>
                <p>\(words.whatSignDoes)</p>
                <h2>\(words.statement)</h2>
                <pre tabindex="0" lang="th">\(statement)</pre>
                <p>SHA-256 <code>\(digest)</code></p>
                <noscript><p>\(words.needsScript)</p></noscript>
                <form id="passkey" data-use="sign" data-options="/certifications/\(id)/sign/options" \
                data-verify="/certifications/\(id)/sign/verify" data-next="/certifications/\(id)" \
                data-csrf="\(request.reader?.csrf ?? "")" \(words.attributes)>
                <button type="submit">\(words.sign)</button>
                </form>
                <p id="passkey-status" role="status"></p>
                <p><a href="/certifications/\(id)">\(words.back)</a></p>

                """,
            request: request,
            scripts: Self.scripts
        )
    }

    /// Why there is no page.
    func problem(_ problem: Problem, requestID: String, _ request: PageRequest) -> [UInt8] {
        let words = PasskeyWords(request.language)
        let sentence = problem.sentence.text(request.language.language)
        return layout.render(
            title: sentence,
            main: """
                <h1>\(sentence)</h1>
                <p><code>\(problem.code)</code></p>
                <p>\(words.requestID) <code>\(requestID)</code></p>
                <p><a href="/">\(words.front)</a> · <a href="/sign-in">\(words.signIn)</a></p>

                """,
            request: request
        )
    }
}

extension PageRequest {
    /// Of a page for those who are not signed in; its links do not pass on what was asked.
    fileprivate var withoutReader: PageRequest {
        PageRequest(
            path: path,
            query: query.filter { $0.key == "next" },
            language: language,
            reader: nil,
            nowSeconds: nowSeconds
        )
    }
}

/// What those pages say.
private struct PasskeyWords {
    private let isThai: Bool

    init(_ language: PageLanguage) { isThai = language == .th }

    private func choose(_ thai: String, _ english: String) -> String { isThai ? thai : english }

    var signIn: String { choose("เข้าสู่ระบบ", "Sign in") }
    var howToSignIn: String {
        choose(
            "ใช้พาสคีย์ที่ลงทะเบียนไว้ในเครื่องนี้ โทรศัพท์ หรือกุญแจความปลอดภัย ไม่ต้องใช้รหัสผ่าน",
            "With the passkey that you enrolled on this device, a phone or a security key. "
                + "There is no password."
        )
    }
    var howToEnrol: String {
        choose(
            "ยังไม่มีพาสคีย์: ขอลิงก์ลงทะเบียนจากผู้ดูแลระบบ ลิงก์ใช้ได้ครั้งเดียว",
            "No passkey yet: ask an admin for a link. Each link is good for one passkey."
        )
    }
    var enrol: String { choose("ลงทะเบียนพาสคีย์", "Enrol a passkey") }
    var enrolFor: String { choose("สำหรับบุคคล", "For the person") }
    var whatEnrolDoes: String {
        choose(
            "อุปกรณ์จะขอลายนิ้วมือ ใบหน้า หรือรหัสเครื่อง ซึ่งไม่ออกจากอุปกรณ์"
                + " บัญชีจะบันทึกเฉพาะกุญแจสาธารณะ",
            "Your device asks for a fingerprint, a face or its PIN, which do not leave it. "
                + "The ledger records the public key alone."
        )
    }
    var label: String { choose("ชื่ออุปกรณ์ (ไม่บังคับ)", "A name for this device (optional)") }
    var needsScript: String {
        choose(
            "พาสคีย์ต้องใช้ JavaScript: โปรดเปิดใช้ หน้าอื่นใช้ได้โดยไม่ต้องมี",
            "Passkeys need JavaScript: please allow it. The other pages do without."
        )
    }
    var sign: String { choose("ลงนามคำรับรอง", "Sign the certification") }
    var whatSignDoes: String {
        choose(
            "อ่านข้อความข้างล่างก่อน: พาสคีย์จะลงนามข้อความนี้ทุกไบต์ และบัญชีจะเก็บลายมือชื่อไว้ถาวร",
            "Read this first: your passkey signs exactly these bytes, and the ledger keeps the "
                + "signature for good."
        )
    }
    var statement: String { choose("ข้อความรับรอง", "The statement") }
    var back: String { choose("กลับไปที่คำรับรอง", "Back to the certification") }
    var front: String { choose("ภาพรวม", "Overview") }
    var requestID: String { choose("รหัสคำขอ", "Request") }

    /// What the script says, which has no words of its own.
    var attributes: Markup {
        """
        data-working="\(choose("กำลังรออุปกรณ์…", "Waiting for your device…"))" \
        data-refused="\(choose("อุปกรณ์ไม่ตอบ หรือมีการยกเลิก: ลองใหม่", "The device did not answer, or it was cancelled: try again."))" \
        data-unsupported="\(choose("เบราว์เซอร์นี้ไม่รองรับพาสคีย์", "This browser knows no passkeys."))" \
        data-failed="\(choose("ติดต่อระบบไม่ได้: ลองใหม่", "The service cannot be reached: try again."))"
        """
    }
}

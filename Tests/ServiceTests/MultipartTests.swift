import Service
import TestSupport
import Testing

@Suite struct `Forms with files` {
    private static let type = "multipart/form-data; boundary=xyz"
    private static let good =
        "--xyz\r\nContent-Disposition: form-data; name=\"a.b-c_1\"\r\n\r\nหนึ่ง\r\nสอง\r\n"
        + "--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ก \\%22.csv\"\r\n"
        + "Content-Type: text/csv\r\n\r\n\r\n--xy\r\n--x\r\n\u{0}\r\r\n"
        + "--xyz\r\ncontent-disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
        + "--xyz--\r\n"

    private func isRefused(_ text: String, _ type: String = Self.type) -> Bool {
        do throws(Problem) {
            _ = try MultipartForm(Array(text.utf8), contentType: type)
            return false
        } catch {
            return error.code == "bodyMalformed"
        }
    }

    @Test func `fields and files come apart as browsers put them together`() throws {
        let bytes = Array(Self.good.utf8)
        for type in [
            Self.type, "Multipart/Form-Data;boundary=\"xyz\"",
            "multipart/form-data;  Boundary=xyz ",
        ] {
            let form = try MultipartForm(bytes, contentType: type)
            #expect(form.fields == ["a.b-c_1": "หนึ่ง\r\nสอง", "empty": ""])
            let range = try #require(form.files["file"])
            #expect(form.files.count == 1)
            #expect(Array(bytes[range]) == Array("\r\n--xy\r\n--x\r\n\u{0}\r".utf8))
        }
        let closed = String(Self.good.dropLast())
        #expect(closed.hasSuffix("--xyz--"))
        #expect(!isRefused(closed))
    }

    @Test func `whatever is cut off is no form`() {
        let bytes = Array(Self.good.utf8)
        for count in 0..<(bytes.count - 2) {
            #expect(throws: Problem.self, "\(count)") {
                try MultipartForm(Array(bytes[..<count]), contentType: Self.type)
            }
        }
    }

    @Test func `what no browser writes is refused`() {
        func part(_ header: String, _ content: String = "x") -> String {
            "--xyz\r\n\(header)\r\n\r\n\(content)\r\n--xyz--\r\n"
        }
        let plain = "Content-Disposition: form-data; name=\"a\""
        #expect(!isRefused(part(plain)))
        for text in [
            part("Content-Type: text/plain"), part("no colon"), part(plain + "; more=1"),
            part(plain + "\r\n" + plain), part(plain + "\r\nContent-Transfer-Encoding: base64"),
            part("Content-Disposition: form-data; name=\"\""),
            part("Content-Disposition: form-data; name=\"a b\""),
            part("Content-Disposition: form-data; name=a"),
            part("Content-Disposition: attachment; name=\"a\""),
            part(plain + "; filename=\"a\"b\""), part(plain + "; filename*=utf-8''a"),
            part(plain, "a\u{0}b"), part(plain, "a\u{1B}b"),
            part(plain + String(repeating: " ", count: 2000)),
            part(plain).replacing("--xyz--", with: "--xyz"), part(plain) + "more",
            "preamble\r\n" + part(plain), "\r\n" + part(plain), "", "--xyz--\r\nx",
            "--xyz\r\n\(plain)\r\n\r\nx\r\n" + part(plain),
            part(plain).replacing("\r\n", with: "\n"),
        ] {
            #expect(isRefused(text), "\(text.prefix(200))")
        }
        for type in [
            "multipart/form-data", "multipart/mixed; boundary=xyz",
            "multipart/form-data; boundary=",
            "multipart/form-data; boundary=xyz; charset=utf-8", "multipart/form-data; boundary=x z",
            "multipart/form-data; boundary=\"\"",
            "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
        ] {
            #expect(isRefused(part(plain), type), "\(type)")
        }
        #expect(isRefused(part(plain), "multipart/form-data; boundary=xy"))
        let many = (0...MultipartForm.partCountMax).map { index in
            "--xyz\r\nContent-Disposition: form-data; name=\"a\(index)\"\r\n\r\n\r\n"
        }
        #expect(isRefused(many.joined() + "--xyz--\r\n"))
        #expect(!isRefused(many.dropLast().joined() + "--xyz--\r\n"))
    }

    @Test func `bytes that are no text are no field`() {
        var bytes = Array(Self.good.utf8)
        let place = bytes.firstIndex { $0 > 0x7F } ?? 0
        bytes[place] = 0xFF
        #expect(throws: Problem.self) { try MultipartForm(bytes, contentType: Self.type) }
    }

    @Test func `no bytes at all bring it down`() {
        var random = SeededGenerator.announced(for: "forms with files")
        let alphabet = Array("--xyz\r\n\r\n: ;=\"aContent-Disposition: form-data; name=".utf8)
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...120, using: &random)
            var bytes = (0..<count).map { _ in
                alphabet[Int.random(in: alphabet.indices, using: &random)]
            }
            if Bool.random(using: &random) { bytes = Array("--xyz\r\n".utf8) + bytes }
            _ = try? MultipartForm(bytes, contentType: Self.type)
        }
        // A good one with a byte changed is read or refused.
        let good = Array(Self.good.utf8)
        for _ in 0..<5_000 {
            var bytes = good
            bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
                in: .min ... .max,
                using: &random
            )
            guard let form = try? MultipartForm(bytes, contentType: Self.type) else { continue }
            // Where a delimiter was hit, two parts are one.
            #expect((1...3).contains(form.fields.count + form.files.count))
        }
    }
}

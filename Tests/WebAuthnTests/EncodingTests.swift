import Cryptography
import Testing
import WebAuthn

/// The two readers: what authenticators write, and what browsers do.
@Suite struct EncodingTests {
    /// Of RFC 8949, appendix A.
    @Test(
        arguments: [
            ("00", CBOR.integer(0)), ("17", .integer(23)), ("1818", .integer(24)),
            ("1903e8", .integer(1000)), ("1a000f4240", .integer(1_000_000)),
            ("1b000000e8d4a51000", .integer(1_000_000_000_000)), ("20", .integer(-1)),
            ("3863", .integer(-100)), ("3903e7", .integer(-1000)), ("f4", .boolean(false)),
            ("f5", .boolean(true)), ("f6", .null), ("40", .bytes([])),
            ("4401020304", .bytes([1, 2, 3, 4])), ("60", .text("")), ("62c3bc", .text("ü")),
            ("80", .array([])), ("83010203", .array([.integer(1), .integer(2), .integer(3)])),
            ("3b7fffffffffffffff", .integer(.min)), ("1b7fffffffffffffff", .integer(.max)),
        ] as [(String, CBOR)]
    )
    func `CBOR of the specification is read as it says`(_ hex: String, _ value: CBOR) throws {
        #expect(try CBOR.decode(bytes(hex)) == value)
    }

    @Test func `A map has its members in their order`() throws {
        guard case .map(let members) = try CBOR.decode(bytes("a26161016162820203")) else {
            Issue.record("a map")
            return
        }
        #expect(members.map(\.key) == [.text("a"), .text("b")])
        #expect(members.map(\.value) == [.integer(1), .array([.integer(2), .integer(3)])])
    }

    @Test(arguments: [
        ("", "nothing"), ("0000", "something after it"), ("1817", "a longer form"),
        ("190017", "a longer form"), ("1a0000ffff", "a longer form"),
        ("1b00000000ffffffff", "a longer form"), ("18", "cut off"), ("1c", "no length"),
        ("5f4101ff", "a length that is not told"), ("9fff", "the same of a list"),
        ("bfff", "the same of a map"), ("ff", "an end"), ("c0", "a tag"), ("c24101", "a tag"),
        ("f7", "undefined"), ("f0", "a simple value"), ("f93c00", "a float"),
        ("44010203", "cut off"), ("62c328", "no UTF-8"),
        ("a2010101", "cut off"), ("a201000100", "a key twice"), ("a2616100616101", "a key twice"),
        ("a14000", "bytes for a key"), ("a18000", "a list for a key"),
        ("1b8000000000000000", "too large"), ("3b8000000000000000", "too small"),
        ("9b7fffffffffffffff", "more than there can be"), ("ba7fffffff00", "the same of a map"),
        ("5b7fffffffffffffff", "the same of bytes"),
    ])
    func `CBOR that no authenticator may write is refused`(_ hex: String, _ why: String) throws {
        let input = try bytes(hex)
        #expect(throws: CBOR.Malformed(), "\(why)") { try CBOR.decode(input) }
    }

    @Test func `Lists lie in each other eight deep and no deeper`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            [UInt8](repeating: 0x81, count: depth) + [0x00]
        }
        #expect(throws: Never.self) { try CBOR.decode(nested(CBOR.depthLimit)) }
        #expect(throws: CBOR.Malformed()) { try CBOR.decode(nested(CBOR.depthLimit + 1)) }
        #expect(throws: CBOR.Malformed()) { try CBOR.decode(nested(100_000)) }
        let open = [UInt8](repeating: UInt8(ascii: "["), count: JSONValue.depthLimit)
        let close = [UInt8](repeating: UInt8(ascii: "]"), count: JSONValue.depthLimit)
        #expect(throws: Never.self) { try JSONValue.decode(open + close) }
        let deeper = Array("[".utf8) + open + close + Array("]".utf8)
        #expect(throws: JSONValue.Malformed()) { try JSONValue.decode(deeper) }
    }

    @Test(
        arguments: [
            (#"{}"#, JSONValue.object([])), (" [ ] ", .array([])),
            (#""a\"\\\/\b\f\n\r\té😀ก""#, .string("a\"\\/\u{8}\u{c}\n\r\té😀ก")),
            ("-0.5e+10", .number("-0.5e+10")), ("0", .number("0")), ("true", .boolean(true)),
            ("null", .null),
            ("[1 , \"x\"]\n", .array([.number("1"), .string("x")])),
        ] as [(String, JSONValue)]
    )
    func `JSON is read`(_ text: String, _ value: JSONValue) throws {
        #expect(try JSONValue.decode(Array(text.utf8)) == value)
    }

    @Test(arguments: [
        "", " ", "{", "{} {}", "{,}", #"{"a"}"#, #"{"a":1,}"#, "[1,]", "[,1]", "01", "1.", ".5",
        "1e", "+1", "-", "NaN", "tru", "'a'", #""\x""#, #""\u12G4""#, #""\ud800""#,
        #""\udc00\ud800""#, "\"\n\"", #""a"#, "// x\n1", #"{"a":1,"a":2}"#,
        "\u{FEFF}{}",
    ])
    func `JSON that another reader might take otherwise is refused`(_ text: String) {
        #expect(throws: JSONValue.Malformed()) { try JSONValue.decode(Array(text.utf8)) }
    }

    @Test func `JSON of other bytes than UTF-8 is refused`() {
        for input in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]]
            as [[UInt8]]
        {
            #expect(throws: JSONValue.Malformed()) { try JSONValue.decode(input) }
        }
    }

    @Test func `Every text of client data is found, wherever it stands`() {
        let answer = PasskeyAssertion(
            credentialID: [],
            authenticatorData: [],
            clientDataJSON: Array(#"{"a":["b",{"c":1.5}],"d":null}"#.utf8),
            signature: []
        )
        #expect(answer.clientDataTexts == ["a", "b", "c", "1.5", "d"])
        let other = PasskeyAssertion(
            credentialID: [],
            authenticatorData: [],
            clientDataJSON: Array("no JSON".utf8),
            signature: []
        )
        #expect(other.clientDataTexts == ["no JSON"])
        #expect(other.signCount == nil)
    }
}

import Testing
import WebAuthn

@Suite struct RelyingPartyTests {
    @Test(arguments: [
        "localhost", "example.th", "bmn.example.th", "xn--12c.example.th", "a-b.c1.th",
    ])
    func `A domain can be an id`(_ id: String) {
        #expect(RelyingParty.isID(id))
    }

    @Test(arguments: [
        "", "th", "Example.th", "example.th.", ".example.th", "example..th", "-a.th", "a-.th",
        "a_b.th", "ไทย.th", "127.0.0.1", "a.1", "[::1]", "example.th:443", "https://example.th",
        "example.th/", " example.th", "localhost.", String(repeating: "a", count: 64) + ".th",
        String(repeating: "aaaaaaa.", count: 32) + "th",
    ])
    func `Anything else cannot`(_ id: String) {
        #expect(!RelyingParty.isID(id))
        #expect(!RelyingParty.isOrigin("https://\(id)", of: id))
    }

    @Test(arguments: [
        ("https://example.th", "example.th"), ("https://example.th:8443", "example.th"),
        ("https://a.b.example.th", "example.th"), ("https://localhost", "localhost"),
        ("http://localhost", "localhost"), ("http://localhost:8080", "localhost"),
        ("http://bmn.localhost:8080", "localhost"),
    ])
    func `A page of the domain may ask`(_ origin: String, _ id: String) {
        #expect(RelyingParty.isOrigin(origin, of: id))
        #expect(RelyingParty(id: id, origins: [origin]).allows(origin: origin))
        #expect(!RelyingParty(id: id, origins: []).allows(origin: origin), "not listed")
    }

    @Test(arguments: [
        ("http://example.th", "example.th"), ("https://notexample.th", "example.th"),
        ("https://example.th.evil.example", "example.th"), ("https://th", "example.th"),
        ("https://example.th/", "example.th"), ("https://example.th:", "example.th"),
        ("https://example.th:0443", "example.th"), ("https://example.th:65536", "example.th"),
        ("https://example.th:44a", "example.th"), ("https://EXAMPLE.th", "example.th"),
        ("https://user@example.th", "example.th"), ("https://.example.th", "example.th"),
        ("https://evil example.th", "example.th"), ("HTTPS://example.th", "example.th"),
        ("android:apk-key-hash:x", "example.th"), ("null", "localhost"), ("", "example.th"),
        ("http://127.0.0.1", "localhost"), ("https://notlocalhost", "localhost"),
    ])
    func `Another page may not, were it listed`(_ origin: String, _ id: String) {
        #expect(!RelyingParty.isOrigin(origin, of: id))
        #expect(!RelyingParty(id: id, origins: [origin]).allows(origin: origin))
    }
}

import LedgerTestSupport
import TestSupport

/// Requests that somebody might send, and what becomes of them under a hostile hand.
struct MutatedRequests {
    private var random: SeededGenerator
    private let valid: [[UInt8]]

    /// `token` is that of somebody who may enter households.
    init(seed: UInt64, token: String) throws {
        random = SeededGenerator(seed: seed)
        let authorization = "Host: h\r\nAuthorization: Bearer \(token)\r\n"
        let line = try RunningService.line(Sample.record("99010101-0099"))
        let chunks = line.utf8.count / 2
        let (first, second) = (line.prefix(chunks), line.dropFirst(chunks))
        let gets = [
            "/livez", "/v1/status", "/v1/records?from=0&limit=2", "/v1/households/99010101-0099",
            "/v1/areas/99/figures?cycle=2561", "/log/tile/0/000.p/1", "/assets/style.css",
            "/v1/progress?by=lao&as-of=2018-02-01", "/sign-in?next=%2Fareas",
        ].map { "GET \($0) HTTP/1.1\r\n\(authorization)\r\n" }
        let posts = [
            "POST /v1/commands HTTP/1.1\r\n\(authorization)Content-Type: application/json\r\n"
                + "Content-Length: \(line.utf8.count)\r\n\r\n\(line)",
            "POST /v1/commands?atomic=true HTTP/1.1\r\n\(authorization)"
                + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "\(String(first.utf8.count, radix: 16))\r\n\(first)\r\n"
                + "\(String(second.utf8.count, radix: 16))\r\n\(second)\r\n0\r\n\r\n",
            "POST /sign-out HTTP/1.1\r\n\(authorization)Cookie: bmn=x; bmn-lang=th\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\n"
                + "Content-Length: 6\r\n\r\ncsrf=x",
        ]
        valid = (gets + posts).map { Array($0.utf8) }
    }

    /// One request or several, as pieces.
    mutating func next() -> [[UInt8]] {
        var bytes = one()
        for _ in 0..<Int.random(in: 0...4, using: &random) { mutate(&bytes) }
        return pieces(bytes)
    }

    private mutating func one() -> [UInt8] {
        valid[Int.random(in: 0..<valid.count, using: &random)]
    }

    private mutating func mutate(_ bytes: inout [UInt8]) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let rest = min(Int.random(in: 1...40, using: &random), bytes.count - place)
        switch Int.random(in: 0..<10, using: &random) {
        case 0: if place < bytes.count { bytes[place] = .random(in: 0...255, using: &random) }
        case 1: bytes.insert(contentsOf: random.bytes(count: rest), at: place)
        case 2: bytes.removeSubrange(place..<place + rest)
        case 3: bytes.insert(contentsOf: bytes[place..<place + rest], at: place)
        case 4: bytes.removeSubrange(place...)
        case 5: bytes += one()
        case 6: replaceTarget(&bytes)
        case 7, 8: insertHeader(&bytes)
        default: replace(&bytes)
        }
    }

    private static let targets = [
        "/v1/../livez", "/%2e%2e/%2e%2e/etc/passwd", "/v1%2Fstatus", "//livez", "/livez/",
        "/livez%00", "/%", "/%zz", "/%ff%fe", "/v1/areas/%e0%b8", "/livez?x=%ff", "/livez?%00=1",
        "http://h/livez", "https://elsewhere.example/livez", "*", "livez", "h:80", "", "/livez#x",
        "/v1/records?from=-1", "/v1/records?from=99999999999999999999", "/?" + "a=b&".repeated(900),
        "/" + "a/".repeated(900), "/\u{E01}\u{E33}", "/livez?a[]=1&a[]=2",
        "/log/tile/../checkpoint",
    ]

    private mutating func replaceTarget(_ bytes: inout [UInt8]) {
        guard let start = bytes.firstIndex(of: 0x20),
            let end = bytes[(start + 1)...].firstIndex(of: 0x20)
        else { return }
        let target = Self.targets[Int.random(in: 0..<Self.targets.count, using: &random)]
        bytes.replaceSubrange(start + 1..<end, with: Array(target.utf8))
    }

    private static let headers: [[UInt8]] =
        [
            "Content-Length: 5", "Content-Length: -1", "Content-Length: +5", "Content-Length: 5, 5",
            "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked",
            "Transfer-Encoding: xchunked", "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding : chunked", "Expect: 100-continue", "Upgrade: h2c",
            "Upgrade: websocket",
            "Connection: Upgrade, HTTP2-Settings", "Connection: close, keep-alive", "Host: other",
            "Host:", "Authorization: Basic eDp4", "Authorization: Bearer", "Cookie: bmn=; bmn=",
            "Cookie: " + "a=b; ".repeated(200), "Accept: " + "*/*;q=nan,".repeated(50),
            "Accept-Language: th;q=1e999, en;q=-1", "If-None-Match: W/\"", "If-Match: \"\"",
            "Last-Event-ID: 18446744073709551615", "Range: bytes=0-0", "X-Request-Id: a\tb",
            "Content-Type: multipart/form-data", "X-Large: " + "x".repeated(20_000), " folded: x",
            "X\u{0}Y: 1", ": nameless", "no colon", "Trailer: X",
        ].map { Array(($0 + "\r\n").utf8) } + [
            Array("X-Bytes: ".utf8) + [0xFF, 0xC0, 0x80, 13, 10]
        ]

    private mutating func insertHeader(_ bytes: inout [UInt8]) {
        guard let end = bytes.firstIndex(of: 0x0A) else { return }
        let header = Self.headers[Int.random(in: 0..<Self.headers.count, using: &random)]
        bytes.insert(contentsOf: header, at: end + 1)
    }

    private static let replacements = [
        ("HTTP/1.1", "HTTP/1.0"), ("HTTP/1.1", "HTTP/9.9"), ("HTTP/1.1", ""), ("\r\n", "\n"),
        ("\r\n", "\r"), ("GET", "HEAD"), ("GET", "OPTIONS"), ("GET", "CONNECT"), ("GET", "TRACE"),
        ("GET", "\u{0}"), ("POST", "PUT"), ("Host: h\r\n", ""), ("Bearer bmn_", "Bearer bmn_0"),
        ("\r\n0\r\n\r\n", "\r\n-1\r\n\r\n"), ("\r\n0\r\n", "\r\nffffffffffffffff\r\n"),
        ("\r\n0\r\n\r\n", "\r\n0\r\nX-Trailer: y\r\n\r\n"), ("\r\n0\r\n", "\r\n0;ext=\"x\r\n"),
        ("application/json", "text/plain"), ("{", "{\"id\":1e999,"), ("{", "{".repeated(3000)),
    ]

    private mutating func replace(_ bytes: inout [UInt8]) {
        let (old, new) =
            Self.replacements[Int.random(in: 0..<Self.replacements.count, using: &random)]
        if let range = bytes.firstRange(of: Array(old.utf8)) {
            bytes.replaceSubrange(range, with: Array(new.utf8))
        }
    }

    /// Whole, in a few pieces, or byte by byte at the start.
    private mutating func pieces(_ bytes: [UInt8]) -> [[UInt8]] {
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return [bytes]
        case 1:
            let place = Int.random(in: 0...bytes.count, using: &random)
            return [Array(bytes[..<place]), Array(bytes[place...])].filter { !$0.isEmpty }
        default:
            return bytes.prefix(60).map { [$0] }
                + [Array(bytes.dropFirst(60))].filter { !$0.isEmpty }
        }
    }
}

extension String {
    fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}

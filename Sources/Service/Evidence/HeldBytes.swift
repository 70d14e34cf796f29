import Access
import HTTPTypes
import Hummingbird
import NIOCore

/// Bytes of an answer that stay in memory until it is sent, counted to the person they go to.
final class HeldBytes: Sendable {
    let bytes: [UInt8]
    private let shares: Shares
    private let owner: String

    private init(_ bytes: [UInt8], _ shares: Shares, _ owner: String) {
        (self.bytes, self.shares, self.owner) = (bytes, shares, owner)
    }

    // Also where nobody ever asks for the body.
    deinit { shares.giveBack(bytes.count, of: owner) }

    /// Refuses where slow readers hold as much already.
    static func hold(
        _ bytes: [UInt8],
        in shares: Shares,
        for owner: String
    ) throws(Problem) -> HeldBytes {
        guard shares.take(bytes.count, for: owner) else { throw Problem(.busy) }
        return HeldBytes(bytes, shares, owner)
    }
}

extension ServiceCore {
    /// A file to be saved and not shown.
    func download(
        _ bytes: [UInt8],
        _ contentType: String,
        name: String,
        _ call: Call
    ) throws(Problem) -> Response {
        let owner = call.principal?.person ?? ""
        let held = try HeldBytes.hold(bytes, in: downloads, for: owner)
        let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
        return Response(
            status: .ok,
            headers: [
                .contentType: contentType, .cacheControl: "private, no-store",
                .contentDisposition: "attachment; filename=\"\(plain)\"",
            ],
            body: ResponseBody(contentLength: bytes.count) { writer in
                var start = 0
                while start < held.bytes.count {
                    let end = min(start + 65_536, held.bytes.count)
                    try await writer.write(ByteBuffer(bytes: held.bytes[start..<end]))
                    start = end
                }
                try await writer.finish(nil)
            }
        )
    }
}

import Console
import Service
import WebAuthn

extension ServeSettings {
    /// Where browsers find the pages; refused where no passkey would work.
    func web(_ address: ServeAddress) throws(Failure) -> WebSettings {
        let web = WebSettings(
            relyingPartyID: self["rpId"],
            origins: self["webOrigins"].split(separator: ",").map(String.init)
        )
        let site = web.party(port: max(address.name.port, 1), isTLS: address.tls != nil)
        for origin in site.origins where !RelyingParty.isOrigin(origin, of: site.id) {
            throw Failure(
                "configurationMalformed",
                thai: "พาสคีย์ใช้ที่ \(origin) กับชื่อ \(site.id) ไม่ได้: webOrigins ต้องเป็น https://ชื่อ"
                    + " และ rpId เป็นชื่อนั้นหรือท้ายชื่อนั้น",
                english: "Passkeys of \(site.id) do not work at \(origin): webOrigins takes"
                    + " https://NAME without a path, and rpId that name or its end.",
                exit: .wrongUsage
            )
        }
        // The cookies of plain HTTP would be those of the encrypted pages, too.
        guard Set(site.origins.map { $0.hasPrefix("https://") }).count < 2 else {
            throw Failure(
                "configurationMalformed",
                thai: "webOrigins ปน http:// กับ https:// ไม่ได้: โปรดใช้อย่างใดอย่างหนึ่ง",
                english: "webOrigins mixes http:// and https://: give addresses of one kind.",
                exit: .wrongUsage
            )
        }
        return web
    }
}

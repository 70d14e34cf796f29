import Console
import NIOSSL
import Service

/// Where to listen, and with what; refused where others could listen in.
struct ServeAddress {
    let name: ListenAddress
    let tls: TLSConfiguration?
    let trustedProxies: [AddressRange]

    init(_ settings: ServeSettings) throws(Failure) {
        guard let name = ListenAddress(settings["listen"]) else {
            throw Self.malformed(
                "listen ต้องเป็น HOST:PORT เช่น 127.0.0.1:8080",
                "listen takes HOST:PORT, such as 127.0.0.1:8080 or [::1]:0."
            )
        }
        self.name = name
        let (certificate, key) = (settings["tlsCertificate"], settings["tlsKey"])
        guard certificate.isEmpty == key.isEmpty else {
            throw Self.malformed(
                "tlsCertificate กับ tlsKey ต้องมาด้วยกัน",
                "tlsCertificate and tlsKey go together."
            )
        }
        trustedProxies = try settings.trustedProxies.map { text throws(Failure) in
            guard let range = AddressRange(text) else {
                throw Self.malformed(
                    "trustedProxies ต้องเป็นที่อยู่ IP หรือช่วง CIDR เช่น 10.0.0.7 หรือ 10.0.0.0/24",
                    "trustedProxies takes IP addresses or CIDR ranges, such as 10.0.0.7 or"
                        + " 10.0.0.0/24."
                )
            }
            return range
        }
        tls = try certificate.isEmpty ? nil : Self.tls(certificate, key)
        guard name.isLoopback || tls != nil || !trustedProxies.isEmpty else {
            throw Failure(
                "listenUnprotected",
                thai: "ไม่เปิดรับจากเครื่องอื่นโดยไม่เข้ารหัส: ให้ --tls-certificate กับ --tls-key"
                    + " หรือ --trusted-proxy",
                english: "Other machines are not answered without encryption: give"
                    + " --tls-certificate and --tls-key, or the --trusted-proxy that has it.",
                exit: .wrongUsage
            )
        }
    }

    private static func tls(
        _ certificate: String,
        _ key: String
    ) throws(Failure) -> TLSConfiguration {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate)
            var tls = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) },
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem))
            )
            tls.minimumTLSVersion = .tlsv12
            tls.applicationProtocols = ["http/1.1"]
            return tls
        } catch {
            throw malformed(
                "อ่านใบรับรองหรือกุญแจ TLS ไม่ได้: \(error)",
                "The TLS certificate or its key cannot be read: \(error)."
            )
        }
    }

    private static func malformed(_ thai: String, _ english: String) -> Failure {
        Failure("configurationMalformed", thai: thai, english: english, exit: .wrongUsage)
    }
}

import Access
import Configuration
import Console
import Foundation
import Service

/// One thing that can be set: by a flag, by a variable BMN_…, or in the file.
struct ServeSetting {
    enum Kind {
        case text
        /// Numbers in this range.
        case number(ClosedRange<Int>)
        /// Texts; with commas between them in a variable.
        case list
        case choice([String])
    }

    let name: String
    let kind: Kind
    /// As it is shown; "" where nothing is set.
    let standard: String
    let meaning: Phrase

    /// None is a secret: keys and passphrases are named by their files.
    static let all: [ServeSetting] = {
        let limits = ServiceLimits()
        return [
            ServeSetting("listen", .text, "127.0.0.1:8080", "ที่อยู่ที่เปิดรับ", "where to listen"),
            ServeSetting(
                "tlsCertificate",
                .text,
                "",
                "ใบรับรอง TLS (PEM)",
                "TLS certificate chain, PEM"
            ),
            ServeSetting("tlsKey", .text, "", "กุญแจ TLS (PEM)", "TLS private key, PEM"),
            ServeSetting(
                "trustedProxies",
                .list,
                "",
                "ที่อยู่พร็อกซีที่เชื่อถือ",
                "addresses whose X-Forwarded-For is taken"
            ),
            ServeSetting(
                "webOrigins",
                .list,
                "",
                "ที่อยู่เว็บ (ว่าง: http://localhost:PORT)",
                "addresses of the pages (empty: http://localhost:PORT)"
            ),
            ServeSetting(
                "rpId",
                .text,
                "",
                "ชื่อเว็บที่พาสคีย์ผูกไว้ (ว่าง: ตามที่อยู่เว็บ)",
                "what passkeys are bound to (empty: the name in webOrigins)"
            ),
            ServeSetting(
                "publicLog",
                .choice(["true", "false"]),
                "false",
                "ใครก็อ่านทุกระเบียนได้",
                "whether anybody may read all records below /log/"
            ),
            ServeSetting(
                "connectionCountMax",
                .number(1...65_536),
                "\(limits.connectionCountMax)",
                "จำนวนการเชื่อมต่อ",
                "connections"
            ),
            ServeSetting(
                "waitingCommandCountMax",
                .number(1...1_000_000),
                "\(limits.waitingCommandCountMax)",
                "คำสั่งที่รอ",
                "commands that wait for the writer"
            ),
            ServeSetting(
                "subscriberCountMax",
                .number(0...65_536),
                "\(limits.subscriberCountMax)",
                "ผู้ติดตาม",
                "open feeds"
            ),
            ServeSetting(
                "subscriberOfOneCountMax",
                .number(0...65_536),
                "\(limits.subscriberOfOneCountMax)",
                "ผู้ติดตามของคนเดียวกัน",
                "open feeds of one person"
            ),
            ServeSetting(
                "readThreadCount",
                .number(1...64),
                "\(limits.readThreadCount)",
                "เธรดที่อ่าน",
                "threads that read the store"
            ),
            ServeSetting(
                "checkpointSeconds",
                .number(1...86_400),
                "\(limits.checkpointInterval.components.seconds)",
                "วินาทีระหว่างจุดตรวจ",
                "seconds between checkpoints"
            ),
            ServeSetting(
                "draftDays",
                .number(1...365),
                "\(DraftStore.standardDays)",
                "วันที่เก็บฉบับร่างไว้",
                "days that a draft of a household is kept"
            ),
            ServeSetting(
                "stopSeconds",
                .number(1...600),
                "\(limits.stopTimeout.components.seconds)",
                "วินาทีที่ให้เวลาหยุด",
                "seconds that a stop may take"
            ),
        ]
    }()

    init(
        _ name: String,
        _ kind: Kind,
        _ standard: String,
        _ thai: String,
        _ english: String
    ) {
        self.name = name
        self.kind = kind
        self.standard = standard
        meaning = Phrase(thai: thai, english: english)
    }
}

/// A setting as it is in force, and what said so.
struct EffectiveSetting {
    enum Source: String {
        case flag, environment, file
        case standard = "default"
    }

    let setting: ServeSetting
    let value: String
    let source: Source
}

/// Flags before the environment before the file before what is built in.
struct ServeSettings {
    let effective: [EffectiveSetting]

    /// `flags` by the settings' names; `file` is JSON.
    init(
        flags: [String: ConfigValue],
        environment: [String: String],
        file: String?
    ) async throws {
        var readers: [(EffectiveSetting.Source, ConfigReader)] = []
        let given = flags.map { (AbsoluteConfigKey([$0.key]), $0.value) }
        readers.append(
            (
                .flag,
                ConfigReader(
                    provider: InMemoryProvider(
                        name: "flags",
                        values: Dictionary(uniqueKeysWithValues: given)
                    )
                )
            )
        )
        let variables = EnvironmentVariablesProvider(environmentVariables: environment)
        readers.append((.environment, ConfigReader(provider: variables.prefixKeys(with: "bmn"))))
        if let file {
            try Self.checkNames(file)
            let provider = try await Self.provider(file)
            readers.append((.file, ConfigReader(provider: provider)))
        }
        effective = try ServeSetting.all.map { try Self.find($0, readers) }
    }

    private static func provider(_ file: String) async throws -> FileProvider<JSONSnapshot> {
        do {
            let path: [AbsoluteConfigKey: ConfigValue] = [
                AbsoluteConfigKey(["filePath"]): ConfigValue(.string(file), isSecret: false)
            ]
            return try await FileProvider<JSONSnapshot>(
                config: ConfigReader(provider: InMemoryProvider(values: path))
            )
        } catch {
            throw unusable(file, "\(error)")
        }
    }

    /// A name that is misspelt must not silently mean nothing.
    private static func checkNames(_ file: String) throws(Failure) {
        let bytes = try Files.readAll(file, byteCountMaximum: 1 << 20)
        guard
            let object = (try? JSONSerialization.jsonObject(with: Data(bytes))) as? [String: Any]
        else { throw unusable(file, "not one JSON object") }
        for (name, value) in object.sorted(by: { $0.key < $1.key }) {
            guard let setting = ServeSetting.all.first(where: { $0.name == name }) else {
                throw unusable(file, "no setting is named \(name.debugDescription)")
            }
            let isOfItsKind =
                switch setting.kind {
                case .text, .choice: value is String
                case .number: value is Int
                case .list: value is [String]
                }
            guard isOfItsKind else { throw unusable(file, "\(name) has a value of another kind") }
        }
    }

    private static func unusable(_ file: String, _ reason: String) -> Failure {
        Failure(
            "configurationMalformed",
            thai: "แฟ้มตั้งค่า \(file) ใช้ไม่ได้: \(reason)",
            english: "The configuration file \(file) cannot be used: \(reason).",
            exit: .wrongUsage
        )
    }

    private static func find(
        _ setting: ServeSetting,
        _ readers: [(EffectiveSetting.Source, ConfigReader)]
    ) throws -> EffectiveSetting {
        let key = ConfigKey([setting.name])
        for (source, reader) in readers {
            let value: String? =
                switch setting.kind {
                case .text, .choice: reader.string(forKey: key)
                case .number: reader.int(forKey: key).map { "\($0)" } ?? reader.string(forKey: key)
                case .list: reader.stringArray(forKey: key)?.joined(separator: ",")
                }
            guard let value else { continue }
            if case .number(let range) = setting.kind {
                guard let number = Int(value), range.contains(number) else {
                    throw Failure(
                        "configurationMalformed",
                        thai:
                            "ค่า \(setting.name) ต้องเป็น \(range.lowerBound) ถึง \(range.upperBound)",
                        english:
                            "\(setting.name) takes \(range.lowerBound) to \(range.upperBound).",
                        exit: .wrongUsage
                    )
                }
            }
            if case .choice(let choices) = setting.kind, !choices.contains(value) {
                let words = choices.joined(separator: ", ")
                throw Failure(
                    "configurationMalformed",
                    thai: "ค่า \(setting.name) ต้องเป็นหนึ่งใน \(words)",
                    english: "\(setting.name) takes one of \(words).",
                    exit: .wrongUsage
                )
            }
            return EffectiveSetting(setting: setting, value: value, source: source)
        }
        return EffectiveSetting(setting: setting, value: setting.standard, source: .standard)
    }
}

extension ServeSettings {
    subscript(name: String) -> String {
        effective.first { $0.setting.name == name }?.value ?? ""
    }

    /// A number that was checked when it was read.
    func number(_ name: String) -> Int { Int(self[name]) ?? 0 }

    var limits: ServiceLimits {
        var limits = ServiceLimits()
        limits.connectionCountMax = number("connectionCountMax")
        limits.waitingCommandCountMax = number("waitingCommandCountMax")
        limits.subscriberCountMax = number("subscriberCountMax")
        limits.subscriberOfOneCountMax = number("subscriberOfOneCountMax")
        limits.readThreadCount = number("readThreadCount")
        limits.checkpointInterval = .seconds(number("checkpointSeconds"))
        limits.stopTimeout = .seconds(number("stopSeconds"))
        return limits
    }

    var trustedProxies: [String] { self["trustedProxies"].split(separator: ",").map(String.init) }
}

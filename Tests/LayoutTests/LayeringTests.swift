import Foundation
import Testing

/// Which module may know which (design.md 4): pure ← store ← edges.
private let allowed: [String: Set<String>] = [
    "CLMDB": [], "COpenSSL": [], "CPostgreSQL": [],
    "Cryptography": ["COpenSSL"],
    "TransparencyLog": ["Cryptography"],
    "WebAuthn": ["Cryptography"],
    "EvidenceContainer": ["Cryptography"],
    "Survey": ["Cryptography", "WebAuthn", "SwiftProtobuf"],
    "SurveyImport": ["Cryptography", "Survey", "SwiftProtobuf"],
    "Ledger": ["Cryptography", "TransparencyLog", "Survey", "SwiftProtobuf"],
    "Audit": ["Cryptography", "TransparencyLog", "Survey", "Ledger"],
    "Evidence": [
        "Cryptography", "TransparencyLog", "EvidenceContainer", "Survey", "Ledger", "Audit",
        "WebAuthn",
    ],
    "LMDB": ["CLMDB"],
    "DurableFiles": [],
    "LedgerReader": [
        "Cryptography", "DurableFiles", "TransparencyLog", "Survey", "Ledger", "LMDB",
    ],
    "LedgerWriter": [
        "Cryptography", "DurableFiles", "TransparencyLog", "Survey", "Ledger", "LMDB",
        "LedgerReader", "SwiftProtobuf",
    ],
    // A witness knows logs and not ledgers: it cosigns for anybody's.
    "Witness": ["Cryptography", "DurableFiles", "TransparencyLog"],
    "ProjectionRuntime": [
        "Cryptography", "TransparencyLog", "Survey", "Ledger", "LMDB", "LedgerReader", "GRDB",
    ],
    "PostgreSQL": ["CPostgreSQL"],
    // Apart from the runtime, so that the auditor's tool links no database client.
    "PostgreSQLSink": [
        "Cryptography", "TransparencyLog", "Survey", "Ledger", "LedgerReader", "PostgreSQL",
        "ProjectionRuntime", "GRDB",
    ],
    "Console": ["Ledger", "LedgerReader", "Survey", "SwiftProtobuf"],
    "Access": ["Cryptography", "Survey", "GRDB"],
    // One table for the command line, the pages and the API.
    "OfficeLists": [
        "AppointmentsProjection", "AreasProjection", "AwardsProjection", "BudgetProjection",
        "CalendarProjection", "CertificationsProjection", "ChecksProjection", "Console",
        "DirectivesProjection", "HouseholdsProjection", "MeetingsProjection", "PlansProjection",
        "ProgressProjection", "ProjectionRuntime", "QuestionnairesProjection",
        "ReviewsProjection", "Survey", "SurveyImport", "TrainingsProjection", "UsersProjection",
        "GRDB",
    ],
    // Reads only, and speaks no HTTP.
    "Pages": [
        "AppointmentsProjection", "AreasProjection", "CalendarProjection",
        "CertificationsProjection", "ChecksProjection", "Console", "Cryptography",
        "EditionsProjection", "HouseholdsProjection", "IndicatorsProjection", "Ledger",
        "LedgerReader", "OfficeLists", "ProgressProjection", "ProjectionCatalog",
        "ProjectionRuntime", "ReviewsProjection", "Survey", "TransparencyLog", "GRDB", "Mustache",
    ],
    // Pages and programs ask it; it constructs nothing of what it is given.
    "Service": [
        "Access", "AppointmentsProjection", "AreasProjection", "Audit", "AuditReport",
        "CalendarProjection", "CertificationsProjection", "Console", "Cryptography", "DurableFiles",
        "EditionsProjection", "Evidence", "EvidenceContainer", "GRDB", "HTTPTypes",
        "HouseholdsProjection", "Hummingbird", "HummingbirdCore", "HummingbirdTLS",
        "IndicatorsProjection", "LMDB", "Ledger", "LedgerAudit", "LedgerReader", "LedgerWriter",
        "Logging", "NIOCore", "NIOHTTP1", "NIOPosix", "NIOSSL", "OfficeLists", "Pages",
        "ProgressProjection", "ProjectionCatalog", "ProjectionRuntime", "ServiceLifecycle",
        "Survey", "SurveyImport", "SwiftProtobuf", "TransparencyLog", "UnixSignals",
        "UsersProjection", "WebAuthn",
    ],
    "WitnessService": [
        "Witness", "HTTPTypes", "Hummingbird", "HummingbirdCore", "Logging", "NIOCore",
        "ServiceLifecycle", "UnixSignals",
    ],
    "LogClient": [
        "Cryptography", "TransparencyLog", "AsyncHTTPClient", "NIOCore", "NIOHTTP1", "NIOPosix",
    ],
    "AuditReport": ["Cryptography", "Survey", "Ledger", "Audit", "Console"],
    "LedgerAudit": [
        "Cryptography", "TransparencyLog", "Survey", "Ledger", "LMDB", "LedgerReader", "Audit",
        "Console", "DurableFiles", "Evidence",
    ],
]

/// What a read model may know; no read model knows another one.
private let allowedForProjection: Set<String> = [
    "Cryptography", "ProjectionRuntime", "Survey", "Ledger", "GRDB",
]

/// Modules that come with the toolchain.
private let toolchain: Set<String> = [
    "Foundation", "FoundationEssentials", "Dispatch", "Synchronization", "Glibc", "Swift",
    "Testing",
]

/// The only modules that may import C.
private let importersOfC: [String: String] = [
    "CLMDB": "LMDB", "COpenSSL": "Cryptography", "CPostgreSQL": "PostgreSQL",
]

@Suite struct `The layering of the package` {
    private let manifest: Manifest

    init() throws { manifest = try Manifest.load() }

    private var shipped: [Manifest.Target] { manifest.targets.filter { $0.type != "test" } }

    @Test func `no module depends on one above it`() {
        #expect(shipped.count > 10)
        for target in shipped {
            let dependencies = Set(target.dependencies.map(\.name))
            if let allowed = allowed[target.name] {
                #expect(dependencies.isSubset(of: allowed), "\(target.name)")
            } else if target.folder.hasPrefix("Projections/"), target.name != "ProjectionCatalog" {
                #expect(dependencies.isSubset(of: allowedForProjection), "\(target.name)")
            } else {
                let isEdge =
                    target.folder.hasPrefix("Tools/") || target.folder.hasPrefix("Tests/")
                    || target.name == "ProjectionCatalog"
                #expect(isEdge, "\(target.name) has no place in the layering: give it one")
            }
        }
    }

    @Test func `every import is declared in the manifest`() {
        for target in shipped where target.type != "system" {
            let declared = Set(target.dependencies.map(\.name)).union(toolchain)
            let files = SourceFile.all(in: target.folder)
            #expect(!files.isEmpty, "\(target.name)")
            for file in files {
                let undeclared = file.imports.subtracting(declared)
                #expect(undeclared.isEmpty, "\(file.path) imports \(undeclared.sorted())")
            }
        }
    }

    @Test func `every dependency in the manifest is imported`() {
        // Tests run programs, which have to be built before.
        let programs = Set(manifest.targets.filter { $0.type == "executable" }.map(\.name))
        for target in manifest.targets where target.type != "system" {
            let imported = SourceFile.all(in: target.folder)
                .reduce(into: Set<String>()) { $0.formUnion($1.imports) }
            let declared = Set(target.dependencies.map(\.name)).subtracting(programs)
            let idle = declared.subtracting(imported).sorted()
            #expect(idle.isEmpty, "\(target.name) declares \(idle) and imports none of it")
        }
    }

    @Test func `the auditor never links the writer`() {
        let targets = Dictionary(
            manifest.targets.map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var reached: Set<String> = []
        var open = ["bmn-audit"]
        while let name = open.popLast() {
            guard reached.insert(name).inserted else { continue }
            open += targets[name]?.dependencies.map(\.name) ?? []
        }
        #expect(reached.contains("LedgerReader"))
        #expect(!reached.contains("LedgerWriter"))
        #expect(!reached.contains("PostgreSQL"))
    }

    @Test func `C is imported by its one wrapper only`() {
        for target in shipped where target.type != "system" {
            for file in SourceFile.all(in: target.folder) {
                for (module, importer) in importersOfC where file.imports.contains(module) {
                    #expect(target.name == importer, "\(file.path) imports \(module)")
                }
            }
        }
    }

    @Test func `every target has the strict settings`() throws {
        let path = Manifest.packageFolder.appendingPathComponent("Package.swift")
        let text = String(decoding: try Data(contentsOf: path), as: UTF8.self)
        // The helpers that make targets; nothing makes one beside them.
        #expect(text.components(of: "swiftSettings: strict") == 3)
        #expect(text.components(of: "arget(\n") + text.components(of: "arget(name") == 3)
        #expect(!text.contains("unsafeFlags"))
    }
}

extension String {
    fileprivate func components(of needle: String) -> Int {
        var count = 0
        var rest = self[...]
        while let range = rest.firstRange(of: needle) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}

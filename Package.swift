// swift-tools-version: 6.2
import PackageDescription

// The same settings for every target (language mode 6 is the default of these tools). The order
// matters: a later treatWarning overrides treatAllWarnings.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .treatWarning("DeprecatedDeclaration", as: .warning),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
]

let argumentParser = Target.Dependency.product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)
let asyncHTTPClient = Target.Dependency.product(
    name: "AsyncHTTPClient",
    package: "async-http-client"
)
let configuration = Target.Dependency.product(
    name: "Configuration",
    package: "swift-configuration"
)
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let lifecycle = Target.Dependency.product(
    name: "ServiceLifecycle",
    package: "swift-service-lifecycle"
)
let unixSignals = Target.Dependency.product(
    name: "UnixSignals",
    package: "swift-service-lifecycle"
)
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let protobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")

func library(
    _ name: String,
    _ dependencies: [Target.Dependency],
    path: String? = nil,
    excluding: [String] = [],
    embedding: [String] = [],
    settings: [SwiftSetting] = []
) -> Target {
    .target(
        name: name,
        dependencies: dependencies,
        path: path,
        exclude: excluding,
        resources: embedding.isEmpty ? nil : embedding.map { .embedInCode($0) },
        swiftSettings: strict + settings
    )
}

func program(
    _ name: String,
    _ dependencies: [Target.Dependency],
    path: String,
    excluding: [String] = []
) -> Target {
    .executableTarget(
        name: name,
        dependencies: dependencies,
        path: path,
        exclude: excluding,
        swiftSettings: strict
    )
}

func test(
    _ name: String,
    _ dependencies: [Target.Dependency],
    excluding: [String] = []
) -> Target {
    .testTarget(
        name: name,
        dependencies: dependencies,
        exclude: excluding,
        swiftSettings: strict
    )
}

// Pure modules know no store, stores know no edges: Tests/LayoutTests refuses any other arrow.
let pure: [Target] = [
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    library("Cryptography", ["COpenSSL"]),
    library("TransparencyLog", ["Cryptography"]),
    library("WebAuthn", ["Cryptography"]),
    library("EvidenceContainer", ["Cryptography"], excluding: ["CONTAINER.md"]),
    library(
        "Survey",
        ["Cryptography", "WebAuthn", protobuf],
        excluding: [
            "Questionnaire/Editions/2560-2564.json", "Questionnaire/QUESTIONNAIRE.md", "RULES.md",
            "Schema/questionnaire.proto", "Schema/survey.proto",
        ]
    ),
    library("SurveyImport", ["Cryptography", "Survey"], excluding: ["IMPORT.md"]),
    library(
        "Ledger",
        ["Cryptography", "Survey", "TransparencyLog", protobuf],
        excluding: ["RECORD-FORMAT.md", "Schema/record.proto"]
    ),
    library(
        "Audit",
        ["Cryptography", "Ledger", "Survey", "TransparencyLog"],
        excluding: ["VERIFY.md"]
    ),
    library(
        "Evidence",
        [
            "Audit", "Cryptography", "EvidenceContainer", "Ledger", "Survey", "TransparencyLog",
            "WebAuthn",
        ],
        excluding: ["BUNDLE.md"]
    ),
]

let store: [Target] = [
    library("DurableFiles", []),
    .systemLibrary(name: "CLMDB", pkgConfig: "lmdb", providers: [.apt(["liblmdb-dev"])]),
    library("LMDB", ["CLMDB"], settings: [.enableExperimentalFeature("Lifetimes")]),
    library(
        "LedgerReader",
        ["Cryptography", "DurableFiles", "LMDB", "Ledger", "Survey", "TransparencyLog"],
        excluding: ["STORE.md"]
    ),
    library(
        "LedgerWriter",
        [
            "Cryptography", "DurableFiles", "LMDB", "Ledger", "LedgerReader", "Survey",
            "TransparencyLog", protobuf,
        ]
    ),
    library(
        "Witness",
        ["Cryptography", "DurableFiles", "TransparencyLog"],
        excluding: ["WITNESS.md"]
    ),
]

let postgreSQL: [Target] = [
    .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
    library("PostgreSQL", ["CPostgreSQL"]),
    library(
        "PostgreSQLSink",
        [
            "Cryptography", "Ledger", "LedgerReader", "PostgreSQL", "ProjectionRuntime", "Survey",
            "TransparencyLog", grdb,
        ]
    ),
]

/// A read model; none knows another one.
func projection(_ name: String, alsoUsing more: [Target.Dependency] = []) -> Target {
    library(
        "\(name)Projection",
        ["ProjectionRuntime", "Survey", grdb] + more,
        path: "Projections/\(name)"
    )
}

let projections: [Target] = [
    library(
        "ProjectionRuntime",
        ["Cryptography", "LMDB", "Ledger", "LedgerReader", "Survey", "TransparencyLog", grdb],
        excluding: ["PROJECTIONS.md"]
    ),
    projection("Activity", alsoUsing: ["Ledger"]),
    projection("Appointments", alsoUsing: ["Cryptography"]),
    projection("Areas"),
    projection("Awards"),
    projection("Budget"),
    projection("Calendar"),
    projection("Certifications", alsoUsing: ["Cryptography", "Ledger"]),
    projection("Checks"),
    projection("Corrections", alsoUsing: ["Ledger"]),
    projection("Directives"),
    projection("Editions"),
    projection("Households", alsoUsing: ["Ledger"]),
    projection("Indicators"),
    projection("Meetings"),
    projection("Plans"),
    projection("Progress"),
    projection("Questionnaires"),
    projection("Reviews"),
    projection("Trainings"),
    projection("Users", alsoUsing: ["Cryptography"]),
    library(
        "ProjectionCatalog",
        [
            "ActivityProjection", "AppointmentsProjection", "AreasProjection", "AwardsProjection",
            "BudgetProjection", "CalendarProjection", "CertificationsProjection",
            "ChecksProjection", "CorrectionsProjection", "DirectivesProjection",
            "EditionsProjection", "HouseholdsProjection", "IndicatorsProjection",
            "MeetingsProjection", "PlansProjection", "ProgressProjection", "ProjectionRuntime",
            "QuestionnairesProjection", "ReviewsProjection", "TrainingsProjection",
            "UsersProjection",
        ],
        path: "Projections/Catalog"
    ),
]

let edges: [Target] = [
    library("Console", ["Ledger", "LedgerReader", "Survey", protobuf]),
    library(
        "OfficeLists",
        [
            "AppointmentsProjection", "AreasProjection", "AwardsProjection", "BudgetProjection",
            "CalendarProjection", "CertificationsProjection", "ChecksProjection", "Console",
            "DirectivesProjection", "HouseholdsProjection", "MeetingsProjection",
            "PlansProjection", "ProgressProjection", "ProjectionRuntime",
            "QuestionnairesProjection", "ReviewsProjection", "Survey", "SurveyImport",
            "TrainingsProjection", "UsersProjection", grdb,
        ]
    ),
    library(
        "LedgerAudit",
        [
            "Audit", "Console", "Cryptography", "DurableFiles", "Evidence", "LMDB", "Ledger",
            "LedgerReader", "Survey", "TransparencyLog",
        ],
        excluding: ["PUBLISHED.md"]
    ),
    library(
        "WitnessService",
        [
            "Witness", httpTypes, hummingbird, hummingbirdCore, lifecycle, logging, nioCore,
            unixSignals,
        ]
    ),
    library("Access", ["Cryptography", "Survey", grdb], excluding: ["ACCESS.md"]),
    library(
        "Pages",
        [
            "AppointmentsProjection", "AreasProjection", "CalendarProjection",
            "CertificationsProjection", "ChecksProjection", "Console", "Cryptography",
            "EditionsProjection", "HouseholdsProjection", "IndicatorsProjection", "Ledger",
            "LedgerReader", "OfficeLists", "ProgressProjection", "ProjectionCatalog",
            "ProjectionRuntime", "ReviewsProjection", "Survey", "TransparencyLog", grdb, mustache,
        ],
        excluding: ["PAGES.md"],
        embedding: ["Assets", "Templates"]
    ),
    library(
        "Service",
        [
            "Access", "AppointmentsProjection", "AreasProjection", "Audit", "AuditReport",
            "CalendarProjection", "CertificationsProjection", "Console", "Cryptography",
            "DurableFiles", "EditionsProjection", "Evidence", "EvidenceContainer",
            "HouseholdsProjection", "IndicatorsProjection", "LMDB", "Ledger", "LedgerAudit",
            "LedgerReader", "LedgerWriter", "OfficeLists", "Pages", "ProgressProjection",
            "ProjectionCatalog", "ProjectionRuntime", "Survey", "SurveyImport", "TransparencyLog",
            "UsersProjection", "WebAuthn", grdb, httpTypes, hummingbird, hummingbirdCore,
            hummingbirdTLS, lifecycle, logging, nioCore, nioHTTP1, nioPosix, nioSSL, protobuf,
            unixSignals,
        ],
        excluding: ["SERVICE.md", "THREATS.md"]
    ),
    library(
        "LogClient",
        ["Cryptography", "TransparencyLog", asyncHTTPClient, nioCore, nioHTTP1, nioPosix]
    ),
    library("AuditReport", ["Audit", "Console", "Cryptography", "Ledger", "Survey"]),
    program(
        "bmn",
        [
            "Access", "ActivityProjection", "AppointmentsProjection", "AreasProjection", "Audit",
            "AuditReport", "AwardsProjection", "BudgetProjection", "CalendarProjection",
            "CertificationsProjection", "ChecksProjection", "Console", "Cryptography",
            "DirectivesProjection", "DurableFiles", "EditionsProjection", "HouseholdsProjection",
            "IndicatorsProjection", "LMDB", "Ledger", "LedgerAudit", "LedgerReader",
            "LedgerWriter", "LogClient", "MeetingsProjection", "OfficeLists", "Pages",
            "PlansProjection", "PostgreSQL", "PostgreSQLSink", "ProgressProjection",
            "ProjectionCatalog", "ProjectionRuntime", "QuestionnairesProjection",
            "ReviewsProjection", "Service", "Survey", "SurveyImport", "TrainingsProjection",
            "TransparencyLog", "UsersProjection", "WebAuthn", argumentParser, configuration, grdb,
            lifecycle, logging, nioSSL, protobuf, unixSignals,
        ],
        path: "Tools/bmn"
    ),
    program(
        "bmn-audit",
        [
            "Audit", "AuditReport", "Console", "Cryptography", "DurableFiles", "Evidence",
            "EvidenceContainer", "Ledger", "LedgerAudit", "LedgerReader", "ProjectionCatalog",
            "ProjectionRuntime", "Survey", "TransparencyLog", "Witness", "WitnessService",
            argumentParser, logging,
        ],
        path: "Tools/bmn-audit"
    ),
    program(
        "bmn-bench",
        [
            "Audit", "Cryptography", "DurableFiles", "Evidence", "EvidenceContainer", "LMDB",
            "IndicatorsProjection", "Ledger", "LedgerAudit", "LedgerReader", "LedgerWriter",
            "ProjectionRuntime", "Survey", "SurveyImport", "TestSupport", "TransparencyLog",
            argumentParser, asyncHTTPClient, hummingbird, nioCore, nioHTTP1, protobuf,
        ],
        path: "Tools/bmn-bench"
    ),
    program(
        "bmn-demo",
        ["Cryptography", "Survey", "SurveyImport", argumentParser, protobuf],
        path: "Tools/bmn-demo",
        excluding: ["Resources"]
    ),
]

let testSupport: [Target] = [
    library("TestSupport", [], path: "Tests/TestSupport"),
    library(
        "PasskeyTestSupport",
        ["Cryptography", "WebAuthn"],
        path: "Tests/PasskeyTestSupport"
    ),
    library(
        "FuzzTargets",
        [
            "Audit", "AuditTestSupport", "Cryptography", "Evidence", "EvidenceContainer", "Ledger",
            "PasskeyTestSupport", "Survey", "TransparencyLog", "WebAuthn", "Witness",
        ],
        path: "Tests/FuzzTargets"
    ),
    program("bmn-fuzz", ["FuzzTargets"], path: "Tools/bmn-fuzz"),
    program("LMDBTestHelper", ["LMDB"], path: "Tests/LMDBTestHelper"),
    library(
        "LedgerTestSupport",
        [
            "Cryptography", "LMDB", "Ledger", "LedgerReader", "LedgerWriter", "Survey",
            "TransparencyLog",
        ],
        path: "Tests/LedgerTestSupport"
    ),
    program(
        "LedgerTestHelper",
        ["Ledger", "LedgerReader", "LedgerTestSupport", "LedgerWriter", "Survey"],
        path: "Tests/LedgerTestHelper"
    ),
    library(
        "AuditTestSupport",
        [
            "Audit", "Cryptography", "Ledger", "PasskeyTestSupport", "Survey", "TransparencyLog",
            "WebAuthn",
        ],
        path: "Tests/AuditTestSupport"
    ),
]

let tests: [Target] = [
    test("CryptographyTests", ["Cryptography", "TestSupport"]),
    test("TransparencyLogTests", ["Cryptography", "TestSupport", "TransparencyLog"]),
    test(
        "WebAuthnTests",
        ["Cryptography", "PasskeyTestSupport", "WebAuthn"],
        excluding: ["Vectors"]
    ),
    test("EvidenceContainerTests", ["Cryptography", "EvidenceContainer", "TestSupport"]),
    test(
        "SurveyTests",
        [
            "Cryptography", "PasskeyTestSupport", "Survey", "TestSupport", "WebAuthn", protobuf,
        ],
        excluding: ["Editions"]
    ),
    test("SurveyImportTests", ["Survey", "SurveyImport", protobuf]),
    test(
        "LedgerTests",
        [
            "Cryptography", "Ledger", "LedgerTestSupport", "Survey", "TestSupport",
            "TransparencyLog", protobuf,
        ],
        excluding: ["Golden"]
    ),
    test(
        "AuditTests",
        [
            "Audit", "AuditTestSupport", "Cryptography", "Ledger", "PasskeyTestSupport", "Survey",
            "TestSupport", "TransparencyLog",
        ]
    ),
    test(
        "AuditReportTests",
        ["Audit", "AuditReport", "Console", "Cryptography", "Ledger", "Survey"]
    ),
    test(
        "EvidenceTests",
        [
            "Audit", "AuditTestSupport", "Cryptography", "Evidence", "EvidenceContainer", "Ledger",
            "PasskeyTestSupport", "Survey", "TestSupport", "TransparencyLog",
        ]
    ),
    test(
        "AuditCommandTests",
        [
            "AuditTestSupport", "Cryptography", "Evidence", "EvidenceContainer", "LMDB", "Ledger",
            "LedgerReader", "LedgerWriter", "Survey", "TestSupport", "TransparencyLog", "bmn-audit",
        ]
    ),
    test(
        "PublishedLogTests",
        [
            "Audit", "AuditTestSupport", "Cryptography", "LMDB", "Ledger", "LedgerAudit",
            "LedgerReader", "LedgerWriter", "Survey", "TransparencyLog", "bmn", "bmn-audit",
        ]
    ),
    test("LMDBTests", ["LMDB", "LMDBTestHelper"]),
    test("DurableFilesTests", ["DurableFiles"]),
    test(
        "WitnessTests",
        [
            "Console", "Cryptography", "DurableFiles", "LogClient", "TestSupport",
            "TransparencyLog", "Witness", "WitnessService", "bmn-audit", logging, nioCore, nioPosix,
        ]
    ),
    test(
        "LedgerWriterTests",
        [
            "Cryptography", "DurableFiles", "LMDB", "Ledger", "LedgerReader", "LedgerTestHelper",
            "LedgerTestSupport", "LedgerWriter", "Survey", "TestSupport", "TransparencyLog",
            protobuf,
        ]
    ),
    test(
        "ProjectionsTests",
        [
            "ActivityProjection", "AppointmentsProjection", "AreasProjection", "AwardsProjection",
            "BudgetProjection", "CalendarProjection", "CertificationsProjection",
            "ChecksProjection", "CorrectionsProjection", "Cryptography", "DirectivesProjection",
            "EditionsProjection", "HouseholdsProjection", "IndicatorsProjection", "LMDB", "Ledger",
            "LedgerReader", "LedgerTestSupport", "LedgerWriter", "MeetingsProjection",
            "PasskeyTestSupport", "PlansProjection", "PostgreSQL", "PostgreSQLSink",
            "ProgressProjection", "ProjectionCatalog", "ProjectionRuntime",
            "QuestionnairesProjection", "ReviewsProjection", "Survey", "TestSupport",
            "TrainingsProjection", "TransparencyLog", "UsersProjection", "WebAuthn", grdb,
        ]
    ),
    test("PostgreSQLTests", ["PostgreSQL", "TestSupport"]),
    test(
        "RandomSurveyTests",
        [
            "Audit", "Cryptography", "Ledger", "LedgerAudit", "LedgerReader", "LedgerTestSupport",
            "LedgerWriter", "PasskeyTestSupport", "PostgreSQL", "PostgreSQLSink",
            "ProjectionCatalog", "ProjectionRuntime", "Survey", "TestSupport", "TransparencyLog",
            "WebAuthn", protobuf,
        ]
    ),
    test(
        "ServiceTests",
        [
            "Access", "Console", "Cryptography", "Ledger", "LedgerReader", "LedgerTestSupport",
            "LedgerWriter", "OfficeLists", "Pages", "PasskeyTestSupport", "ProjectionRuntime",
            "Service", "Survey", "SurveyImport", "TestSupport", "TransparencyLog", "WebAuthn",
            "bmn", "bmn-audit", asyncHTTPClient, grdb, httpTypes, lifecycle, logging, nioCore,
            nioHTTP1, nioPosix, protobuf,
        ]
    ),
    test(
        "BrowserTests",
        [
            "LedgerReader", "LedgerTestSupport", "Survey", "bmn", asyncHTTPClient, nioCore,
            nioHTTP1,
        ]
    ),
    test(
        "PagesTests",
        [
            "Cryptography", "Ledger", "LedgerReader", "LedgerTestSupport", "LedgerWriter",
            "Pages", "ProjectionCatalog", "ProjectionRuntime", "Survey",
        ]
    ),
    test(
        "CommandLineTests",
        [
            "Console", "Cryptography", "LMDB", "Ledger", "LedgerReader", "PasskeyTestSupport",
            "PostgreSQL", "ProjectionCatalog", "ProjectionRuntime", "Survey", "TestSupport",
            "TransparencyLog", "WebAuthn", "bmn", "bmn-audit", grdb, nioCore, nioPosix,
        ]
    ),
    test(
        "DemoTests",
        ["Cryptography", "Survey", "SurveyImport", "bmn", "bmn-audit", "bmn-demo", protobuf]
    ),
    test("DocumentationTests", ["bmn", "bmn-audit", "bmn-demo"]),
    test("FuzzTests", ["FuzzTargets", "TestSupport"]),
    test("LayoutTests", []),
]

let package = Package(
    name: "bmn-ledger",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.0"),
        .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", from: "2.1.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: pure + store + postgreSQL + projections + edges + testSupport + tests
)

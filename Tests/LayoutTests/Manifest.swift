import Foundation

/// The package as its manifest declares it.
struct Manifest: Decodable {
    struct Target: Decodable {
        let name: String
        let path: String?
        let type: String
        let dependencies: [Dependency]

        /// The folder that holds its sources, relative to the package.
        var folder: String { path ?? (type == "test" ? "Tests/\(name)" : "Sources/\(name)") }
    }

    /// A dependency on a target (`byName`) or on a product of another package (`product`).
    struct Dependency: Decodable {
        let name: String

        private enum Key: String, CodingKey { case byName, product, target }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            for key in [Key.byName, .product, .target] where container.contains(key) {
                var values = try container.nestedUnkeyedContainer(forKey: key)
                name = try values.decode(String.self)
                return
            }
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "unknown dependency")
            )
        }
    }

    let targets: [Target]

    static let packageFolder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// Asks the package manager; in a scratch folder of its own, since the one in use is locked.
    static func load() throws -> Manifest {
        let scratch = FileManager.default.temporaryDirectory
            .appendingPathComponent("layout-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: scratch) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "swift", "package", "--package-path", packageFolder.path,
            "--scratch-path", scratch.path, "dump-package",
        ]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return try JSONDecoder().decode(Manifest.self, from: data)
    }
}

/// One Swift file of the package.
struct SourceFile {
    let path: String
    let text: String

    /// The modules it imports, whatever the access level.
    var imports: Set<String> {
        var modules: Set<String> = []
        for line in text.split(separator: "\n") {
            var words = line.split(separator: " ")
            while let first = words.first,
                ["public", "package", "internal", "private", "fileprivate", "@testable"]
                    .contains(String(first))
            {
                words.removeFirst()
            }
            guard words.first == "import", words.count >= 2 else { continue }
            // `import struct Foundation.Data` names the module second.
            let name = words.count == 3 && !words[1].contains(".") ? words[2] : words[1]
            modules.insert(String(name.split(separator: ".")[0]))
        }
        return modules
    }

    static func all(in folder: String) -> [SourceFile] {
        let root = Manifest.packageFolder.appendingPathComponent(folder)
        let paths = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String }
        return (paths ?? []).filter { $0.hasSuffix(".swift") }.sorted().compactMap { path in
            guard let data = FileManager.default.contents(atPath: root.path + "/" + path) else {
                return nil
            }
            return SourceFile(
                path: folder + "/" + path,
                text: String(decoding: data, as: UTF8.self)
            )
        }
    }
}

package import Foundation

/// Real data that lies beside the repository, not in it.
package enum SharedData {
    package static let directory: URL = {
        // Resolving first lets a package that links to these tests find the repository's own root.
        let file = URL(filePath: #filePath).resolvingSymlinksInPath()
        let root = file.deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return root.deletingLastPathComponent().appending(path: "shared/data")
    }()

    package static func url(_ path: String) -> URL { directory.appending(path: path) }

    package static func isPresent(_ path: String) -> Bool {
        FileManager.default.isReadableFile(atPath: url(path).path)
    }

    /// Rows of a small CSV file by column name; quotes as in RFC 4180.
    package static func rows(_ path: String) throws -> [[String: String]] {
        let text = try String(contentsOf: url(path), encoding: .utf8)
        var records: [[String]] = [[]]
        var field = ""
        var isQuoted = false
        var characters = text.unicodeScalars.makeIterator()
        var pending = characters.next()
        while let scalar = pending {
            pending = characters.next()
            switch scalar {
            case "\"" where isQuoted && pending == "\"":
                field.unicodeScalars.append("\"")
                pending = characters.next()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                records[records.count - 1].append(field)
                field = ""
            case "\n" where !isQuoted:
                records[records.count - 1].append(field)
                field = ""
                records.append([])
            case "\r" where !isQuoted: break
            default: field.unicodeScalars.append(scalar)
            }
        }
        let header = records[0]
        return records.dropFirst().filter { $0.count == header.count }.map { record in
            Dictionary(zip(header, record)) { first, _ in first }
        }
    }
}

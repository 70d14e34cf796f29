import EvidenceContainer
import TestSupport
import Testing

struct ZipWriterTests {
    private func archive(_ contents: [(String, [UInt8])]) throws -> [UInt8] {
        try ZipWriter.archive(contents.map { ZipEntry(name: $0, contents: $1[...]) })
    }

    private func random() -> [(String, [UInt8])] {
        var generator = SeededGenerator.announced(for: "archives")
        return (0..<40).map { index in
            let name = "folder \(index % 3)/file-\(index).bin"
            return (name, generator.bytes(count: Int.random(in: 0...3000, using: &generator)))
        }
    }

    @Test func `What is written is what is read`() throws {
        let contents = random()
        let read = try ZipReader.entries(of: archive(contents))
        #expect(read.map(\.name) == contents.map(\.0))
        #expect(read.map { Array($0.contents) } == contents.map(\.1))
    }

    @Test func `An archive is byte for byte the one made by hand`() throws {
        let raw = RawZip([RawZip.mimetype, .init("a/b.txt", [1, 2, 3])])
        #expect(
            try archive([
                ("mimetype", Array("application/vnd.etsi.asic-e+zip".utf8)),
                ("a/b.txt", [1, 2, 3]),
            ]) == raw.bytes
        )
    }

    @Test(.enabled(if: StockTool.isInstalled("unzip"), "unzip is not installed"))
    func `Stock unzip tests, lists and unpacks it`() throws {
        let contents = random()
        let tool = try StockTool()
        try tool.write(archive(contents), to: "x.zip")
        let test = try tool.run("unzip", "-t", "x.zip")
        #expect(test.status == 0, "\(test.output)")
        let list = try tool.run("unzip", "-Z1", "x.zip")
        #expect(list.output.split(separator: "\n").map(String.init) == contents.map(\.0))
        #expect(try tool.run("unzip", "-q", "x.zip").status == 0)
        for (name, bytes) in contents { #expect(try tool.read(name) == bytes) }
    }

    @Test(.enabled(if: StockTool.isInstalled("python3"), "python3 is not installed"))
    func `Python reads it and finds nothing amiss`() throws {
        let tool = try StockTool()
        try tool.write(archive(random()), to: "x.zip")
        let script = """
            import zipfile
            z = zipfile.ZipFile('x.zip')
            assert z.testzip() is None
            print(len(z.infolist()), {i.compress_type for i in z.infolist()})
            """
        #expect(try tool.run("python3", "-c", script) == (0, "40 {0}\n"))
    }

    @Test(arguments: [
        "", "/a", "a/", "a//b", "..", "a/../b", "./a", "a\\b", "c:a", "a\0b", "ก", "a\nb", "a.",
        "a /b", String(repeating: "a", count: 256),
    ])
    func `Names that are no files everywhere are not written`(name: String) {
        #expect(throws: Refusal(.nameRefused)) {
            try Refusal.catching { () throws(ContainerError) in
                _ = try ZipWriter.archive([ZipEntry(name: name, contents: [])])
            }
        }
    }

    @Test func `Names of 255 bytes and odd but harmless ones are written`() throws {
        let names = [String(repeating: "a", count: 255), "..a", ".a/.b", "a b", "a&'~.x", "%41"]
        let bytes = try archive(names.map { ($0, []) })
        #expect(try ZipReader.entries(of: bytes).map(\.name) == names)
    }

    @Test func `More than 4,096 entries or 64 MiB are not written`() throws {
        let names = (0...4096).map { ("\($0)", [UInt8]()) }
        #expect(try ZipReader.entries(of: archive(names.dropLast())).count == 4096)
        #expect(throws: Refusal(.tooManyEntries)) {
            try Refusal.catching { () throws(ContainerError) in
                _ = try ZipWriter.archive(names.map { ZipEntry(name: $0, contents: $1[...]) })
            }
        }
        let large = [UInt8](repeating: 0, count: 64 * 1024 * 1024)[...]
        #expect(throws: Refusal(.tooLarge)) {
            try Refusal.catching { () throws(ContainerError) in
                _ = try ZipWriter.archive([ZipEntry(name: "a", contents: large)])
            }
        }
    }
}

/// The code of an error, whatever its place.
struct Refusal: Error, Hashable {
    let code: ContainerError.Code

    init(_ code: ContainerError.Code) { self.code = code }

    /// Every refusal of these tests has sentences in both languages, too.
    static func catching(_ body: () throws(ContainerError) -> Void) throws(Refusal) {
        do throws(ContainerError) {
            try body()
        } catch {
            #expect(error.thai.count > 10 && error.english.count > 10)
            throw Refusal(error.code)
        }
    }
}

import EvidenceContainer
import Foundation
import TestSupport
import Testing

/// Archives that stock tools made.
@Suite(.enabled(if: StockTool.isInstalled("zip"), "zip is not installed"))
struct StockZipTests {
    private func makeFolder() throws -> StockTool {
        let tool = try StockTool()
        try tool.write(Array("application/vnd.etsi.asic-e+zip".utf8), to: "mimetype")
        try tool.write(Array("one".utf8), to: "a.txt")
        try tool.write(
            [UInt8](repeating: 0x61, count: 100_000),
            to: "folder/b.txt"
        )
        try tool.write([], to: "folder/empty")
        return tool
    }

    private func expectFiles(_ bytes: [UInt8]) throws {
        let contents = Samples.contents(try ZipReader.entries(of: bytes))
        #expect(Set(contents.keys) == ["mimetype", "a.txt", "folder/b.txt", "folder/empty"])
        #expect(contents["a.txt"] == Array("one".utf8))
        #expect(contents["folder/b.txt"] == [UInt8](repeating: 0x61, count: 100_000))
        #expect(contents["folder/empty"] == [])
    }

    @Test(arguments: ["-0", "-1", "-6", "-9"], ["-X", "-D"])
    func `What stock zip packs is read, stored or deflated, with times or without`(
        level: String,
        extra: String
    ) throws {
        let tool = try makeFolder()
        #expect(try tool.run("zip", "-q", "-X", "-0", "x.zip", "mimetype").status == 0)
        let packed = try tool.run(
            "zip",
            "-q",
            "-D",
            level,
            extra,
            "-r",
            "x.zip",
            "a.txt",
            "folder"
        )
        #expect(packed.status == 0)
        let bytes = try tool.read("x.zip")
        try expectFiles(bytes)
        #expect(try EvidenceContainer(bytes: bytes).files.count == 3)
    }

    @Test func `A mimetype with an extra field or packed is refused, and so are folders`() throws {
        let tool = try makeFolder()
        #expect(try tool.run("zip", "-q", "-0", "extra.zip", "mimetype").status == 0)
        // What packs it whether it becomes smaller or not.
        let script = """
            import zipfile
            with zipfile.ZipFile('packed.zip', 'w', zipfile.ZIP_DEFLATED) as z: z.write('mimetype')
            """
        if StockTool.isInstalled("python3") {
            #expect(try tool.run("python3", "-c", script).status == 0)
            expectRefusal(.mimetypeNotPlain, try tool.read("packed.zip"))
        }
        expectRefusal(.mimetypeNotPlain, try tool.read("extra.zip"))
        #expect(try tool.run("zip", "-q", "-X", "-r", "x.zip", "mimetype", "folder").status == 0)
        expectRefusal(.nameRefused, try tool.read("x.zip"))
    }

    @Test func `What stock zip encrypts, streams or comments is refused`() throws {
        let tool = try makeFolder()
        #expect(try tool.run("zip", "-q", "-X", "-P", "x", "e.zip", "a.txt").status == 0)
        expectRefusal(.encrypted, try tool.read("e.zip"))
        #expect(try tool.run("sh", "-c", "zip -q -X - a.txt | cat > s.zip").status == 0)
        expectRefusal(.dataDescriptor, try tool.read("s.zip"))
        #expect(try tool.run("sh", "-c", "echo hi | zip -q -X -z c.zip a.txt").status == 0)
        expectRefusal(.comment, try tool.read("c.zip"))
        #expect(try tool.run("zip", "-q", "-X", "-fz", "z.zip", "a.txt").status == 0)
        expectRefusal(.zip64, try tool.read("z.zip"))
        #expect(try tool.run("ln", "-s", "a.txt", "link").status == 0)
        #expect(try tool.run("zip", "-q", "-X", "-y", "l.zip", "link").status == 0)
        expectRefusal(.notAFile, try tool.read("l.zip"))
    }

    private func expectRefusal(_ code: ContainerError.Code, _ bytes: [UInt8]) {
        #expect(throws: Refusal(code)) {
            try Refusal.catching { () throws(ContainerError) in
                _ = try EvidenceContainer(bytes: bytes)
            }
        }
    }
}

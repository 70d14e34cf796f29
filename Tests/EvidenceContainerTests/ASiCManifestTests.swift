import Cryptography
import EvidenceContainer
import Foundation
import TestSupport
import Testing

struct ASiCManifestTests {
    private static let digest = SHA256.hash(Array("hello".utf8))

    private static let namespaces =
        #"xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#""#

    private static let signature =
        #"<asic:SigReference URI="META-INF/signature001.p7s" MimeType="application/x-pkcs7-signature"/>"#

    private static let reference = """
        <asic:DataObjectReference URI="a.txt" MimeType="text/plain"><ds:DigestMethod \
        Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>\
        \(Base64.encode(digest.bytes))</ds:DigestValue></asic:DataObjectReference>
        """

    private static let sample =
        "<asic:ASiCManifest \(namespaces)>\(signature)\(reference)</asic:ASiCManifest>"

    private func read(_ text: String) throws(ContainerError) -> ASiCManifest {
        try ASiCManifest(bytes: Array(text.utf8), name: "META-INF/ASiCManifest.xml")
    }

    /// The sample with one piece replaced; the piece must be there.
    private func changed(_ piece: String, _ other: String) -> String {
        #expect(Self.sample.contains(piece))
        return Self.sample.replacingOccurrences(of: piece, with: other)
    }

    private func expect(
        _ code: ContainerError.Code,
        _ text: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: Refusal(code), sourceLocation: sourceLocation) {
            try Refusal.catching { () throws(ContainerError) in _ = try read(text) }
        }
    }

    @Test func `A manifest is written in one spelling`() throws {
        let bytes = try EvidenceContainer.make(
            files: [
                .init(name: "a.txt", mediaType: "text/plain", contents: Array("hello".utf8)),
                .init(name: "R&D '1' %.x", mediaType: "text/x; a=\"<&>\"", contents: []),
            ],
            signers: [Samples.signer(.signature)]
        )
        let manifest = try #require(try EvidenceContainer(bytes: bytes).manifests.first)
        #expect(
            String(decoding: manifest.bytes, as: UTF8.self) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <asic:ASiCManifest \(Self.namespaces)>
                <asic:SigReference URI="META-INF/signature001.p7s" \
                MimeType="application/x-pkcs7-signature"/>
                <asic:DataObjectReference URI="R%26D%20%271%27%20%25.x" \
                MimeType="text/x; a=&quot;&lt;&amp;&gt;&quot;">
                <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
                <ds:DigestValue>47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=</ds:DigestValue>
                </asic:DataObjectReference>
                <asic:DataObjectReference URI="a.txt" MimeType="text/plain">
                <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
                <ds:DigestValue>LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=</ds:DigestValue>
                </asic:DataObjectReference>
                </asic:ASiCManifest>

                """
        )
        #expect(manifest.manifest.references.map(\.name) == ["R&D '1' %.x", "a.txt"])
        #expect(manifest.manifest.references[0].mediaType == "text/x; a=\"<&>\"")
        #expect(manifest.manifest.encoded == Array(manifest.bytes))
    }

    @Test func `Other spellings of the same manifest are read`() throws {
        let expected = try read(Self.sample)
        #expect(
            expected.references
                == [.init(name: "a.txt", mediaType: "text/plain", digest: Self.digest)]
        )
        #expect(expected.signatureName == "META-INF/signature001.p7s")
        #expect(expected.signatureKind == .signature)
        let spellings = [
            "<?xml version='1.0' encoding='utf-8' standalone=\"no\"?>\r\n" + Self.sample + "\n",
            "\u{FEFF}<!-- made by hand --> \(Self.sample)<!---->",
            changed("asic:", "x:").replacingOccurrences(of: "xmlns:asic", with: "xmlns:x"),
            changed("asic:", "").replacingOccurrences(of: "xmlns:asic", with: "xmlns"),
            changed("a.txt", "&#97;.t&#x78;t"), changed("a.txt", "a%2Etx%74"),
            changed("\"a.txt\"", " 'a.txt'\n Rootfile = \"true\" "),
            changed("<ds:DigestValue>", "<ds:DigestValue>\n<!-- - -->  "),
            changed("#sha256\"/>", "#sha256\"> </ds:DigestMethod >"),
            changed(" MimeType=\"application/x-pkcs7-signature\"", ""),
        ]
        for spelling in spellings { #expect(try read(spelling) == expected, "\(spelling)") }
    }

    @Test func `Document types and entities are refused, whatever they are for`() {
        let laughs = (1...9).map { level in
            let inner = String(repeating: "&l\(level - 1);", count: 10)
            return "<!ENTITY l\(level) \"\(inner)\">"
        }
        expect(
            .manifestDoctype,
            "<!DOCTYPE x [<!ENTITY l0 \"ha\">\(laughs.joined())]>" + changed("a.txt", "&l9;")
        )
        expect(
            .manifestDoctype,
            "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" + Self.sample
        )
        expect(.manifestDoctype, "<!DOCTYPE x>" + Self.sample)
        expect(.malformedManifest, "<!ENTITY x SYSTEM \"file:///etc/passwd\">" + Self.sample)
        for entity in [
            "&x;", "&", "&;", "&amp", "&#;", "&#x;", "&#0;", "&#xD800;", "&#x110000;", "&#+65;",
            "&#xFFFE;", "&#65 ;", "&AMP;",
        ] {
            expect(.manifestEntity, changed("a.txt", entity))
        }
    }

    @Test func `What is not well-formed is refused`() {
        for text in [
            "", " ", "x", "<a", "<a>", "</a>", "<a></b>", "<a/><a/>", "<a/>x", "<a b/>", "<a b=c/>",
            "<a b='1' b='2'/>", "<a b='1'c='2'/>", "<a b='<'/>", "<a b='1/>", "<x:a/>", "<:a/>",
            "<a:b:c/>", "<!-- -- --><a/>", "<!--<a/>", "<a><![CDATA[x]]></a>", "<?php?><a/>",
            " <?xml version=\"1.0\"?><a/>", "<?xml version=\"1.1\"?><a/>", "<?xml?><a/>",
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a/>", "<a>\u{1}</a>", "<1/>", "< a/>",
            "<?xml version=\"1.0\" more=\"1\"?><a/>", "<a xmlns:x=''/>",
        ] {
            // Some of these begin like a document, and it is the vocabulary that is wrong first.
            #expect(throws: ContainerError.self, "\(text)") { try read(text) }
        }
        expect(.malformedManifest, Self.sample + Self.sample)
        expect(.malformedManifest, Self.sample + "x")
        #expect(throws: ContainerError.self) {
            try ASiCManifest(bytes: Array(Self.sample.utf8) + [0xFF], name: "x")
        }
        for count in 0..<Self.sample.utf8.count {
            let text = String(decoding: Self.sample.utf8.prefix(count), as: UTF8.self)
            #expect(throws: ContainerError.self) { try read(text) }
        }
    }

    @Test func `Size and attributes are bounded, and no deep nesting is followed`() {
        let deep = String(repeating: "<a>", count: 2000)
        expect(.unsupportedManifest, deep)
        let attributes = (0..<40).map { "a\($0)=''" }.joined(separator: " ")
        expect(.manifestTooLarge, changed("<ds:DigestMethod ", "<ds:DigestMethod \(attributes) "))
        let blanks = String(repeating: " ", count: 8 << 20)
        expect(.manifestTooLarge, Self.sample + blanks)
    }

    @Test func `Only manifests are read, and only what this program understands of them`() {
        expect(.unsupportedManifest, changed("02918/v1.2.1", "02918/v9"))
        expect(.unsupportedManifest, changed("ASiCManifest", "XAdESSignatures"))
        expect(.unsupportedManifest, changed(Self.signature, ""))
        expect(.unsupportedManifest, changed(Self.reference, ""))
        expect(
            .unsupportedManifest,
            changed(Self.reference, Self.reference + "<asic:ASiCManifestExtensions/>")
        )
        expect(.unsupportedManifest, changed(Self.reference, Self.reference + "text"))
        expect(.unsupportedManifest, changed(Self.signature, Self.signature + Self.signature))
        expect(.unsupportedManifest, changed("</asic:Data", "<ds:X/></asic:Data"))
        expect(.unsupportedManifest, changed("<ds:DigestValue>", "<ds:DigestValue><ds:X/>"))
        expect(.unsupportedManifest, changed("#sha256\"/>", "#sha256\"><ds:X/></ds:DigestMethod>"))
    }

    @Test func `Digests are SHA-256 in canonical base64`() {
        expect(.unsupportedDigest, changed("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1"))
        expect(.unsupportedDigest, changed("#sha256", "#sha512"))
        expect(.unsupportedDigest, changed(" Algorithm=", " algorithm="))
        let value = Base64.encode(Self.digest.bytes)
        for other in [
            "", "AAAA", String(value.dropLast()), value + "AAAA", "!" + value.dropFirst(),
        ] {
            expect(.unsupportedDigest, changed(value, other))
        }
    }

    @Test func `References are names of entries, each once`() {
        for uri in [
            "", "/a.txt", "../a.txt", "./a.txt", "a//b", "http://x/a.txt", "a.txt#x", "a.txt?x",
            "a%2Fb", "a%5Cb", "a%00", "%", "a%2", "a%GG", "a b", "ก.txt", "%E0%B8%81.txt", "a\\b",
            "%2E%2E/a",
        ] {
            expect(.malformedReference, changed("\"a.txt\"", "\"\(uri)\""))
        }
        expect(.malformedReference, changed("URI=\"a.txt\"", "uri=\"a.txt\""))
        expect(.duplicateReference, changed(Self.reference, Self.reference + Self.reference))
        let spelled = Self.reference.replacingOccurrences(of: "a.txt", with: "%61.txt")
        expect(.duplicateReference, changed(Self.reference, Self.reference + spelled))
        expect(.mediaTypeRefused, changed("text/plain", "text"))
        expect(.mediaTypeRefused, changed("text/plain", "text/&#x202E;nialp"))
    }

    @Test func `Signatures are CAdES or timestamps in META-INF`() throws {
        expect(.unsupportedSignature, changed("META-INF/signature001.p7s", "signature001.p7s"))
        expect(.unsupportedSignature, changed("001.p7s", "001.tst"))
        expect(.unsupportedSignature, changed("001.p7s", "001.xml"))
        expect(.unsupportedSignature, changed("x-pkcs7-signature", "octet-stream"))
        let stamped = changed("signature001.p7s", "timestamp001.tst")
            .replacingOccurrences(of: "x-pkcs7-signature", with: "vnd.etsi.timestamp-token")
        #expect(try read(stamped).signatureKind == .timestamp)
    }
}

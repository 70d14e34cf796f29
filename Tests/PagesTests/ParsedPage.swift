import Foundation
import FoundationXML
import Testing

/// A page as a parser of XML sees it.
struct ParsedPage {
    struct Element {
        let name: String
        let attributes: [String: String]
        /// All text in it, also that of the elements in it.
        var text = ""
    }

    /// In the order in which they begin.
    let elements: [Element]

    /// Fails unless the page is well-formed: then no text of a record is markup by accident.
    init(_ bytes: [UInt8], _ path: String) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(bytes))
        parser.delegate = reader
        let isWellFormed = parser.parse()
        try #require(
            isWellFormed,
            "\(path) line \(parser.lineNumber): \(String(describing: parser.parserError))"
        )
        elements = reader.elements
    }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    /// What people see.
    var text: String { all("body").map(\.text).joined() }

    var links: [String] { all("a").compactMap { $0.attributes["href"] } }

    private final class Reader: NSObject, XMLParserDelegate {
        var elements: [Element] = []
        private var open: [Int] = []

        func parser(
            _ parser: XMLParser,
            didStartElement name: String,
            namespaceURI: String?,
            qualifiedName: String?,
            attributes: [String: String]
        ) {
            open.append(elements.count)
            elements.append(Element(name: name, attributes: attributes))
        }

        func parser(_ parser: XMLParser, foundCharacters string: String) {
            for index in open { elements[index].text += string }
        }

        func parser(
            _ parser: XMLParser,
            didEndElement name: String,
            namespaceURI: String?,
            qualifiedName: String?
        ) {
            open.removeLast()
        }
    }
}

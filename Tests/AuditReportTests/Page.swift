import Foundation
import FoundationXML
import Testing

/// A report as a parser sees it.
struct Page {
    struct Element: Equatable {
        let name: String
        let attributes: [String: String]
        /// All text in it, also that of the elements in it.
        var text = ""
    }

    /// In the order in which they begin.
    private(set) var elements: [Element]

    /// Fails unless the page is well-formed: then no text of a record is markup by accident.
    init(_ html: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let reader = Reader()
        let parser = XMLParser(data: Data(html.utf8))
        parser.delegate = reader
        let isWellFormed = parser.parse()
        try #require(
            isWellFormed,
            "line \(parser.lineNumber): \(String(describing: parser.parserError))",
            sourceLocation: sourceLocation
        )
        elements = reader.elements
    }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    func texts(_ name: String) -> [String] { all(name).map(\.text) }

    /// What people see.
    var text: String { texts("body").joined() }

    /// Elements and attributes, without what is said in them.
    var shape: [Element] {
        elements.map { Element(name: $0.name, attributes: $0.attributes) }
    }

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

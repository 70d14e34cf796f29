extension String {
    /// The text as one printable line of so many bytes at most.
    ///
    /// What comes from a record may be forged: nothing in it may steer a terminal, turn the direction
    /// of the text around it, or fill a screen.
    package func printable(byteCountMaximum: Int) -> String {
        let isPlain = utf8.allSatisfy { (0x20..<0x7F).contains($0) }
        if isPlain, utf8.count <= byteCountMaximum { return self }
        var scalars = String.UnicodeScalarView()
        var byteCount = 0
        for scalar in unicodeScalars {
            let shown = scalar.isPrintable ? scalar : "\u{FFFD}"
            byteCount += UTF8.width(shown)
            guard byteCount <= byteCountMaximum else { return String(scalars) + "…" }
            scalars.append(shown)
        }
        return String(scalars)
    }
}

extension Unicode.Scalar {
    fileprivate var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
            .unassigned:
            false
        default: true
        }
    }
}

package import Survey

extension Language {
    /// Whether a value of BMN_LANG says a language; an empty one says nothing, which is allowed.
    package static func isKnown(_ value: String) -> Bool {
        value.isEmpty || ["th", "en"].contains { value.lowercased().hasPrefix($0) }
    }

    /// The language that people are spoken to in.
    ///
    /// `option` (--lang) decides, else BMN_LANG, else the first of LC_ALL, LC_MESSAGES and LANG
    /// that is not empty, in POSIX's order. A locale that begins with "th" means Thai; any other
    /// one, C and POSIX included, means English. When nothing says anything the answer is Thai: the
    /// people who keep this ledger are.
    package static func choose(option: String?, environment: [String: String]) -> Language {
        if let option, let language = Language(rawValue: option) { return language }
        for name in ["BMN_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
            guard let value = environment[name], !value.isEmpty else { continue }
            return value.lowercased().hasPrefix("th") ? .thai : .english
        }
        return .thai
    }
}

package import Survey

extension Language {
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

import Cryptography

/// Reads a policy line by line (c2sp.org/tlog-policy, "Policy file syntax and structure").
///
/// Names are byte strings and compared as such.
struct LogPolicyParser {
    private(set) var logs: [LogPolicy.Log] = []
    private(set) var witnesses: [LogPolicy.Witness] = []
    private(set) var quorum: LogPolicy.Quorum?

    private var defined: [[UInt8]: LogPolicy.Quorum] = [:]
    private var groupCount = 0
    // In a group already: each witness counts towards the quorum in one way only.
    private var members: Set<[UInt8]> = []
    private var hasQuorumLine = false
    private var lineNumber = 0

    private static let none = Array("none".utf8)

    static func parse(_ bytes: [UInt8]) throws(TransparencyLogError) -> LogPolicyParser {
        var parser = LogPolicyParser()
        guard bytes.count <= LogPolicy.byteCountMax else {
            throw parser.malformed("A policy has at most \(LogPolicy.byteCountMax) bytes.")
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for line in lines {
            parser.lineNumber += 1
            guard parser.lineNumber < lines.count || line.isEmpty else {
                throw parser.malformed("The last line has no newline: is the file cut off?")
            }
            try parser.take(line)
        }
        parser.lineNumber = 0
        guard parser.hasQuorumLine else {
            throw parser.malformed("There is no quorum line; \"quorum none\" asks for no witness.")
        }
        return parser
    }

    private mutating func take(_ line: ArraySlice<UInt8>) throws(TransparencyLogError) {
        guard line.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == UInt8(ascii: "\t") }) else {
            throw malformed("A control character other than tab stands here.")
        }
        var words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            .map(Array.init)[...]
        guard let keyword = words.popFirst(), keyword.first != UInt8(ascii: "#") else { return }
        switch String(decoding: keyword, as: UTF8.self) {
        case "log": try takeLog(Array(words))
        case "witness": try takeWitness(Array(words))
        case "group": try takeGroup(Array(words))
        case "quorum": try takeQuorum(Array(words))
        default: throw malformed("A line begins with log, witness, group, quorum or #.")
        }
    }

    private mutating func takeLog(_ words: [[UInt8]]) throws(TransparencyLogError) {
        guard 1...2 ~= words.count else {
            throw malformed("A log line is: log <vkey> [<url>].")
        }
        let key = try key(words[0], .note, "A log's")
        try require(logs.map(\.key), lack: key)
        logs.append(LogPolicy.Log(key: key, url: words.dropFirst().first.map(text)))
    }

    private mutating func takeWitness(_ words: [[UInt8]]) throws(TransparencyLogError) {
        guard 2...3 ~= words.count else {
            throw malformed("A witness line is: witness <name> <vkey> [<url>].")
        }
        let key = try key(words[1], .cosignature, "A witness's")
        try require(witnesses.map(\.key), lack: key)
        try define(words[0], .witness(witnesses.count))
        witnesses.append(
            LogPolicy.Witness(
                name: text(words[0]),
                key: key,
                url: words.dropFirst(2).first.map(text)
            )
        )
    }

    private mutating func takeGroup(_ words: [[UInt8]]) throws(TransparencyLogError) {
        guard words.count >= 3 else {
            throw malformed("A group line is: group <name> <k|all|any> <member>...")
        }
        guard groupCount < LogPolicy.lineCountMax else {
            throw malformed("There are more than \(LogPolicy.lineCountMax) groups.")
        }
        groupCount += 1
        let names = words.dropFirst(2)
        var group: [LogPolicy.Quorum] = []
        for name in names {
            group.append(try meaning(of: name))
            guard members.insert(name).inserted else {
                throw malformed("\(quoted(name)) is a member of a group already.")
            }
        }
        let threshold: Int
        switch text(words[1]) {
        case "all": threshold = names.count
        case "any": threshold = 1
        case let word:
            // `Int` also reads a sign and leading zeroes; writing it again shows them.
            guard let number = Int(word), String(number) == word, 1...names.count ~= number else {
                throw malformed("A group asks for all, any, or 1 to \(names.count) of its members.")
            }
            threshold = number
        }
        // Defined last, so that a group is no member of itself.
        try define(words[0], .group(threshold: threshold, members: group))
    }

    private mutating func takeQuorum(_ words: [[UInt8]]) throws(TransparencyLogError) {
        guard words.count == 1 else {
            throw malformed("A quorum line is: quorum <name|none>.")
        }
        guard !hasQuorumLine else {
            throw malformed("There is a quorum line already.")
        }
        hasQuorumLine = true
        quorum = words[0] == Self.none ? nil : try meaning(of: words[0])
    }

    private func key(
        _ word: [UInt8],
        _ type: VerifierKey.SignatureType,
        _ whose: String
    ) throws(TransparencyLogError) -> VerifierKey {
        guard let vkey = String(validating: word, as: UTF8.self) else {
            throw malformed("\(whose) verifier key is not UTF-8.")
        }
        let key: VerifierKey
        do {
            key = try VerifierKey(vkey: vkey)
        } catch {
            throw malformed(error.reason)
        }
        guard key.signatureType == type else {
            throw malformed(
                "\(whose) verifier key is of type \(type.rawValue), this one of "
                    + "\(key.signatureType.rawValue)."
            )
        }
        return key
    }

    /// By the public key alone: another name or ID makes no other log or witness of it.
    private func require(
        _ keys: [VerifierKey],
        lack key: VerifierKey
    ) throws(TransparencyLogError) {
        guard keys.count < LogPolicy.lineCountMax else {
            throw malformed("There are more than \(LogPolicy.lineCountMax) lines of this kind.")
        }
        guard !keys.contains(where: { $0.publicKey == key.publicKey }) else {
            throw malformed("This key is on a line of the same kind already.")
        }
    }

    private mutating func define(
        _ name: [UInt8],
        _ meaning: LogPolicy.Quorum
    ) throws(TransparencyLogError) {
        guard name != Self.none, defined.updateValue(meaning, forKey: name) == nil else {
            throw malformed("The name \(quoted(name)) has a meaning already.")
        }
    }

    private func meaning(
        of name: [UInt8]
    ) throws(TransparencyLogError) -> LogPolicy.Quorum {
        guard let meaning = defined[name] else {
            throw malformed("\(quoted(name)) is no witness or group of a line above.")
        }
        return meaning
    }

    private func text(_ word: [UInt8]) -> String { String(decoding: word, as: UTF8.self) }

    private func quoted(_ word: [UInt8]) -> String { text(word).debugDescription }

    private func malformed(_ reason: String) -> TransparencyLogError {
        TransparencyLogError(
            .malformedPolicy,
            lineNumber == 0 ? reason : "Line \(lineNumber): \(reason)"
        )
    }
}

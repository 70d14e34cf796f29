/// A command as it can be typed into a shell.
struct CommandLineText {
    let text: String

    init(program: String, _ arguments: [String]) {
        text = ([program] + arguments.map(Self.quoted)).joined(separator: " ")
    }

    private static func quoted(_ word: String) -> String {
        let isPlain = word.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
                || "-_./:@%+,=".unicodeScalars.contains(scalar)
        }
        if isPlain, !word.isEmpty { return word }
        var quoted = "'"
        for scalar in word.unicodeScalars {
            if scalar == "'" { quoted += #"'\''"# } else { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "'"
    }
}

/// What of a code could confuse a reader, and how it is drawn.
extension QRCode {
    /// Table 11: runs, blocks of one colour, what looks like a finder, and imbalance.
    var penalty: Int {
        var sum = 0
        for line in 0..<size {
            sum += Self.penalty((0..<size).map { self[$0, line] })
            sum += Self.penalty((0..<size).map { self[line, $0] })
        }
        for y in 1..<size {
            for x in 1..<size {
                let isDark = self[x, y]
                let isBlock =
                    self[x - 1, y] == isDark && self[x, y - 1] == isDark
                    && self[x - 1, y - 1] == isDark
                if isBlock { sum += 3 }
            }
        }
        let darkCount = modules.count { $0 }
        // Ten for every whole 5 % that the dark ones are away from half.
        sum += abs(darkCount * 20 - modules.count * 10) / modules.count * 10
        return sum
    }

    private static let finderLike = [
        [true, false, true, true, true, false, true, false, false, false, false],
        [false, false, false, false, true, false, true, true, true, false, true],
    ]

    /// Of one row or column.
    private static func penalty(_ line: [Bool]) -> Int {
        var sum = 0
        var start = 0
        for index in 1...line.count where index == line.count || line[index] != line[start] {
            if index - start >= 5 { sum += index - start - 2 }
            start = index
        }
        for start in 0...line.count - 11 {
            let part = line[start..<start + 11]
            for pattern in finderLike where part.elementsEqual(pattern) { sum += 40 }
        }
        return sum
    }

    /// A picture with the four light modules around it that readers need (6.3.8).
    func picture(_ id: String, _ title: String) -> Markup {
        var path = ""
        for y in 0..<size {
            for x in 0..<size where self[x, y] { path += "M\(x + 4) \(y + 4)h1v1h-1z" }
        }
        let side = size + 8
        return """
            <svg class="qr" viewBox="0 0 \(side) \(side)" role="img" aria-labelledby="\(id)" \
            shape-rendering="crispEdges" xmlns="http://www.w3.org/2000/svg">
            <title id="\(id)">\(title)</title>
            <rect class="light" width="\(side)" height="\(side)"/>
            <path class="dark" d="\(path)"/>
            </svg>

            """
    }
}

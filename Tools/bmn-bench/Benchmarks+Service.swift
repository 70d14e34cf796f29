import Foundation

/// The service and its clients, each a process of its own.
extension Benchmarks {
    /// What the service adds to the writer and to the web library.
    mutating func service(commandCount: Int, readCount: Int) throws {
        guard wants("http") else { return }
        let clientCount = 64
        Report.note("the service with \(clientCount) connections")
        var writer: [Double] = []
        var ours: [Double] = []
        var slow: [Double] = []
        for _ in 0..<roundCount {
            let counts = ["\(clientCount)", "\(commandCount)"]
            writer += try inScratch { try Program.numbers(bench, ["clients", $0] + counts) }
            try serving("served", householdCount: 0) { server in
                let numbers = try Program.numbers(
                    bench,
                    ["http-commands", server.url, server.token] + counts + ["0"]
                )
                ours.append(numbers[0])
                slow.append(numbers[1])
            }
        }
        add(
            Figure(
                metric: "http-commands-64",
                batch: 1,
                records: commandCount,
                value: ours.median,
                unit: "commands/s",
                limit: writer.median,
                target: .atLeast(0.5)
            )
        )
        let flush = try Program.numbers(yardstick, ["fsync", "\(scratch)/flush", "500"])
        add(
            Figure(
                metric: "http-commands-p99",
                records: commandCount,
                value: slow.median,
                unit: "ms",
                limit: flush[0],
                target: .atMost(20)
            )
        )
        try reads(clientCount: clientCount, count: readCount)
    }

    private mutating func reads(clientCount: Int, count: Int) throws {
        var ours: [Double] = []
        var limits: [Double] = []
        try serving("read", householdCount: 1000) { server in
            let path = "/v1/households/\(Province.village(0))-100001?cycle=\(Province.cycle)"
            let file = "\(scratch)/household.json"
            let answer = try Program.output(
                "/usr/bin/curl",
                ["-sSf", "-H", "Authorization: Bearer \(server.token)", server.url + path]
            )
            try Data(answer.utf8).write(to: URL(filePath: file))
            let bare = try Server(bench, ["http-bare", file])
            defer { bare.end() }
            for _ in 0..<roundCount {
                let rest = ["\(clientCount)", "\(count)"]
                ours += try Program.numbers(
                    bench,
                    ["http-reads", server.url, server.token, path] + rest
                ).prefix(1)
                limits += try Program.numbers(
                    bench,
                    ["http-reads", bare.url, "none", path] + rest
                ).prefix(1)
            }
        }
        add(
            Figure(
                metric: "http-household",
                records: count,
                value: ours.median,
                unit: "requests/s",
                limit: limits.median,
                target: .atLeast(0.5)
            )
        )
    }

    /// A thousand listeners; nothing may be lost or come twice.
    mutating func feed(subscriberCount: Int, seconds: Int) throws {
        guard wants("feed") else { return }
        Report.note("the feed with \(subscriberCount) subscribers")
        let eventCount = seconds * 100
        var numbers: [Double] = []
        var memory = Double.nan
        try serving("feed", householdCount: 0) { server in
            numbers = try Program.numbers(
                bench,
                ["http-feed", server.url, server.token, "\(subscriberCount)"]
                    + ["\(eventCount)", "100", "0"]
            )
            memory = try server.mebibytes()
        }
        let figures: [(String, Double, String, Figure.Target?)] = [
            ("feed-lost", numbers[0], "records", .atMost(0)),
            ("feed-repeated", numbers[1], "records", .atMost(0)),
            ("feed-delay", numbers[2], "s", nil), ("feed-memory", memory, "MiB", nil),
        ]
        for (metric, value, unit, target) in figures {
            add(
                Figure(
                    metric: metric,
                    records: subscriberCount * eventCount,
                    value: value,
                    unit: unit,
                    target: target
                )
            )
        }
    }

    /// Everything at once for a while: memory and descriptors must not grow, and all verifies after.
    mutating func soak(seconds: Int) throws {
        guard wants("soak") else { return }
        Report.note("\(seconds) seconds of full load")
        var memory: [Double] = []
        var descriptors: [Double] = []
        var serial = 0
        var path = ""
        try serving("soaked", householdCount: 1000) { server in
            path = server.ledger
            let end = Date(timeIntervalSinceNow: Double(seconds))
            while Date() < end {
                serial += try Self.load(server, bench: bench, firstSerial: serial)
                memory.append(try server.mebibytes())
                descriptors.append(try server.descriptorCount())
            }
        }
        _ = try Program.output(audit, ["verify", path])
        // The first turns fill caches; what is compared is the end with the middle.
        for (metric, values) in [("soak-memory", memory), ("soak-descriptors", descriptors)] {
            add(
                Figure(
                    metric: metric,
                    records: serial,
                    value: values.last ?? .nan,
                    unit: metric == "soak-memory" ? "MiB" : "descriptors",
                    limit: values[values.count / 2],
                    target: .atMost(1.1)
                )
            )
        }
    }

    /// One turn of commands, readings and listening; the number of households that it recorded.
    private static func load(_ server: Server, bench: String, firstSerial: Int) throws -> Int {
        let household = "/v1/households/\(Province.village(0))-100001?cycle=\(Province.cycle)"
        let place = [server.url, server.token]
        _ = try Program.numbers(
            bench,
            ["http-commands"] + place + ["64", "6400", "\(firstSerial)"]
        )
        _ = try Program.numbers(bench, ["http-reads"] + place + [household, "64", "6400"])
        _ = try Program.numbers(
            bench,
            ["http-feed"] + place + ["100", "100", "100", "\(firstSerial + 6400)"]
        )
        return 6500
    }
}

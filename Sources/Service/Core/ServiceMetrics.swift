import Synchronization

/// Counters of the service's own, for Prometheus.
///
/// Labels are route templates, methods and statuses: never what was asked for.
final class ServiceMetrics: Sendable {
    private struct Request: Hashable {
        let route: String
        let method: String
        let status: Int
    }

    private struct Histogram {
        var counts = [UInt64](repeating: 0, count: ServiceMetrics.bounds.count + 1)
        var sum = 0.0
    }

    private struct State {
        var requests: [Request: UInt64] = [:]
        var durations: [String: Histogram] = [:]
        var counters: [String: UInt64] = [:]
    }

    private static let bounds = [
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10,
    ]

    private let state = Mutex(State())

    func countRequest(route: String, method: String, status: Int, seconds: Double) {
        state.withLock { state in
            let request = Request(route: route, method: method, status: status)
            state.requests[request, default: 0] += 1
            let place = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
            state.durations[route, default: Histogram()].counts[place] += 1
            state.durations[route, default: Histogram()].sum += seconds
        }
    }

    func count(_ name: String, _ number: Int = 1) {
        state.withLock { $0.counters[name, default: 0] += UInt64(number) }
    }

    /// The text format 0.0.4.
    func text(gauges: [(name: String, help: String, value: Double)]) -> String {
        let state = state.withLock { $0 }
        var lines: [String] = []
        func begin(_ name: String, _ type: String, _ help: String) {
            lines += ["# HELP bmn_\(name) \(help)", "# TYPE bmn_\(name) \(type)"]
        }
        begin("requests_total", "counter", "Requests answered.")
        for (request, count) in state.requests.sorted(by: { Self.order($0.key, $1.key) }) {
            let labels =
                "route=\"\(request.route)\",method=\"\(request.method)\",status=\"\(request.status)\""
            lines.append("bmn_requests_total{\(labels)} \(count)")
        }
        begin("request_seconds", "histogram", "Time until a request's answer was ready.")
        for (route, histogram) in state.durations.sorted(by: { $0.key < $1.key }) {
            var total: UInt64 = 0
            for (offset, count) in histogram.counts.enumerated() {
                total += count
                let bound = offset < Self.bounds.count ? "\(Self.bounds[offset])" : "+Inf"
                lines.append(
                    "bmn_request_seconds_bucket{route=\"\(route)\",le=\"\(bound)\"} \(total)"
                )
            }
            lines.append("bmn_request_seconds_sum{route=\"\(route)\"} \(histogram.sum)")
            lines.append("bmn_request_seconds_count{route=\"\(route)\"} \(total)")
        }
        for (name, count) in state.counters.sorted(by: { $0.key < $1.key }) {
            begin(name, "counter", "Since the service started.")
            lines.append("bmn_\(name) \(count)")
        }
        for gauge in gauges {
            begin(gauge.name, "gauge", gauge.help)
            lines.append("bmn_\(gauge.name) \(gauge.value)")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func order(_ left: Request, _ right: Request) -> Bool {
        (left.route, left.method, left.status) < (right.route, right.method, right.status)
    }
}

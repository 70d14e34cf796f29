import Survey

/// One order on paper.
private struct DemoOrder {
    let id: String
    let number: String
    let date: Day
    let kind: String
    let area: String
    /// Person, role and, where it is narrower than the order's, area.
    let appointments: [(person: String, role: String, area: String)]
}

/// `persons.csv`, `appointments.csv`, `order-changes.jsonl` and `signers.txt`.
extension Generation {
    private static let lastDay = Day(2018, 9, 30)

    func writePersons() throws {
        let file = try CSVFile(
            folder: folder,
            name: "persons.csv",
            columns: [
                "person", "title", "first_name", "last_name", "citizen_id", "birth_date",
                "synthetic", "occurred_on",
            ]
        )
        for person in cast.persons {
            try file.append([
                person.id, person.title, person.firstName, person.lastName, person.citizenID,
                person.birthDate.onForms, "true", Day(2017, 11, 1).onForms,
            ])
        }
        try file.close()
        let signers = try OutputFile(folder: folder, name: "signers.txt")
        for seat in committeeSeats where seat.signs { try signers.append(seat.person + "\n") }
        try signers.close()
    }

    private var committeeSeats: [Seat] {
        province.districts.flatMap { Cast.seats(ofDistrict: $0.code) }
            + province.laos.flatMap { Cast.seats(ofLAO: $0.code) }
    }

    /// The letter (paragraph 1.2) wants every order by 10 November 2560; one is late.
    func writeOrders() throws {
        let file = try CSVFile(
            folder: folder,
            name: "appointments.csv",
            columns: [
                "order", "number", "date", "kind", "cycle", "area", "person", "role",
                "appointment_area", "valid_from", "valid_to",
            ]
        )
        var random = SeededGenerator(seed: seed, purpose: "orders")
        for district in province.districts {
            for order in orders(of: district.code, &random) {
                for appointment in order.appointments {
                    try file.append([
                        order.id, order.number, order.date.onForms, order.kind, cycle, order.area,
                        appointment.person, appointment.role, appointment.area,
                        order.date.onForms, Self.lastDay.onForms,
                    ])
                }
            }
        }
        try file.close()
    }

    /// Each order is sent to the province on the last day of paragraph 1.2, or when it is issued later.
    func writeOrderSubmissions(to file: CommandFile) throws {
        var random = SeededGenerator(seed: seed, purpose: "orders")
        for district in province.districts {
            for order in orders(of: district.code, &random) {
                let day = max(order.date, Day(2017, 11, 10))
                var submission = OrderSubmission()
                submission.order = order.id
                submission.toArea = Province.code
                submission.submittedOn = day.iso
                try file.append(
                    .submitOrder(submission),
                    key: "submission \(order.id)",
                    by: Self.officer(district.code),
                    on: day
                )
            }
        }
    }

    private func orders(of district: String, _ random: inout SeededGenerator) -> [DemoOrder] {
        var orders: [DemoOrder] = []
        func issue(
            _ id: String,
            _ kind: String,
            _ area: String,
            _ appointments: [(person: String, role: String, area: String)],
            on late: Day? = nil
        ) {
            let date = late ?? Day(2017, 11, 6) + random.index(below: 5)
            orders.append(
                DemoOrder(
                    id: id,
                    number: "\(district.suffix(2))-\(orders.count + 1)/2560",
                    date: date,
                    kind: kind,
                    area: area,
                    appointments: appointments
                )
            )
        }
        func seated(_ seats: [Seat]) -> [(person: String, role: String, area: String)] {
            seats.map { ($0.person, $0.role, "") }
        }
        issue(
            "\(district)-committee-2561",
            "committee",
            district,
            seated(Cast.seats(ofDistrict: district))
        )
        for lao in province.laos where lao.districtCode == district {
            issue(
                "\(lao.code)-committee-2561",
                "committee",
                lao.code,
                seated(Cast.seats(ofLAO: lao.code))
            )
        }
        let collectors = province.tambons.filter { $0.parentCode == district }.flatMap { tambon in
            cast.collectors(ofTambon: tambon.code).map { ($0, "collector", tambon.code) }
        }
        let isLate = district == province.districts.last?.code
        issue(
            "\(district)-collectors-2561",
            "collector",
            district,
            collectors,
            on: isLate ? Day(2017, 11, 15) : nil
        )
        let recorders = (1...2).map { (Cast.recorder(district, $0), "recorder", "") }
        issue("\(district)-recorders-2561", "recorder", district, recorders)
        if Cast.mistakenCollector.hasPrefix("col-\(district)-") {
            let mistaken = [(Cast.mistakenCollector, "collector", "")]
            issue("\(district)-collectors-2561-copy", "collector", district, mistaken)
        }
        return orders
    }

    /// One order is amended because a collector moved away, one revoked as issued twice.
    func writeOrderChanges() throws {
        let file = try CommandFile(folder: folder, name: "order-changes.jsonl", seed: seed)
        var revocation = OrderRevocation()
        revocation.order = "3803-collectors-2561-copy"
        revocation.effectiveOn = Day(2017, 11, 20).iso
        revocation.reason = "ออกคำสั่งซ้ำกับ 3803-collectors-2561"
        try file.append(
            .revokeOrder(revocation),
            key: revocation.order,
            by: Cast.provincialOfficer,
            on: Day(2017, 11, 17)
        )
        var amendment = OrderAmendment()
        amendment.order = "3801-collectors-2561"
        amendment.number = "01-99/2561"
        amendment.date = (Cast.replacementDay - 1).iso
        amendment.effectiveOn = Cast.replacementDay.iso
        amendment.reason = "ผู้จัดเก็บเดิมย้ายออกจากพื้นที่"
        amendment.removedPersons = [Cast.replacedCollector]
        var added = Appointment()
        added.person = Cast.replacingCollector
        added.role = Role.collector
        added.area = "380102"
        amendment.added = [added]
        try file.append(
            .amendOrder(amendment),
            key: amendment.order,
            by: Cast.provincialOfficer,
            on: Cast.replacementDay - 1
        )
        try file.close()
    }
}

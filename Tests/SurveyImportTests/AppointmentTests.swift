import Survey
import SurveyImport
import Testing

@Suite struct AppointmentTests {
    @Test func `Consecutive rows of an order make one command`() throws {
        let rows: [[String: String]] = [
            [:], ["person": "p2", "appointment_area": ""],
            ["order": "o2", "kind": "committee", "person": "p3", "role": "chair"],
        ]
        let imported = Imported(.appointments, file(.appointments, rows: rows))
        #expect(imported.problems.isEmpty)
        #expect(imported.lines == [2, 4])
        try #require(imported.commands.count == 2)
        let order = imported.commands[0].issueOrder
        #expect(imported.commands[0].occurredOn == "2017-11-08")
        #expect(imported.commands[0].actor.user == "admin-1")
        #expect(order.order == "3801-col-2561")
        #expect(order.number == "12/2560")
        #expect(order.date == "2017-11-08")
        #expect(order.kind == .collector)
        #expect(order.cycle == "2561")
        #expect(order.area == "3801")
        #expect(order.validFrom == "2017-11-08")
        #expect(order.validTo == "2018-09-30")
        #expect(order.appointments.map(\.person) == ["col-380101-01", "p2"])
        #expect(order.appointments.map(\.area) == ["380101", ""])
        #expect(order.appointments.map(\.role) == ["collector", "collector"])
        #expect(imported.commands[1].issueOrder.kind == .committee)
        #expect(imported.commands[1].issueOrder.appointments.map(\.role) == ["chair"])
    }

    @Test func `Dates in different forms are the same date`() {
        let rows = [["date": "8/11/2560"], ["date": "2017-11-08", "person": "p2"]]
        let imported = Imported(.appointments, file(.appointments, rows: rows))
        #expect(imported.problems.isEmpty)
        #expect(imported.commands.count == 1)
    }

    @Test func `An order with a bad row is not issued and the others are`() {
        let rows: [[String: String]] = [
            ["order": "o1"], ["order": "o2"], ["order": "o2", "person": ""], ["order": "o3"],
        ]
        let imported = Imported(.appointments, file(.appointments, rows: rows))
        #expect(imported.commands.map(\.issueOrder.order) == ["o1", "o3"])
        #expect(imported.codes == [.valueMissing, .orderIncomplete])
        #expect(imported.problems.map(\.line) == [4, 3])
    }

    @Test func `A row that cannot be read spoils the orders on both sides of it`() {
        let text =
            file(.appointments, rows: [["order": "o1"]])
            + "x,y\r\n"
            + rowsOnly([["order": "o2"], ["order": "o3"]])
        let imported = Imported(.appointments, text)
        #expect(imported.commands.map(\.issueOrder.order) == ["o3"])
        #expect(imported.codes == [.wrongFieldCount, .orderIncomplete, .orderIncomplete])
    }

    @Test func `A row that cannot be read inside an order spoils only that order`() {
        let text =
            file(.appointments, rows: [["order": "o1"]])
            + "x,y\r\n"
            + rowsOnly([["order": "o1", "person": "p2"], ["order": "o2"]])
        let imported = Imported(.appointments, text)
        #expect(imported.commands.map(\.issueOrder.order) == ["o2"])
    }

    @Test func `A file that ends inside an order gives no part of it`() {
        let text = file(.appointments, rows: [["order": "o1"], ["order": "o2"]]) + "o2,12"
        let imported = Imported(.appointments, text)
        #expect(imported.isStopped)
        #expect(imported.commands.map(\.issueOrder.order) == ["o1"])
        #expect(imported.codes == [.orderIncomplete, .cutMidRow])
    }

    private func rowsOnly(_ rows: [[String: String]]) -> String {
        let text = file(.appointments, rows: rows)
        return String(text[(text.firstRange(of: "\r\n")?.upperBound ?? text.startIndex)...])
    }
}

/// From a list to the forms of what stands in it.
extension PageContext {
    /// By the list's name: what one enters, as the addresses below `/enter/` name it.
    private static let entries: [String: [String]] = [
        "orders": ["appointments", "amendments"], "appointments": ["appointments"],
        "meetings": ["meetings", "minutes"], "trainings": ["trainings"],
        "plans": ["plans", "plan-submissions"],
        "cooperation": ["cooperation", "cooperation-answers"], "checks": ["checks"],
        "defects": ["defects"], "objections": ["objections"], "awards": ["nominees", "awards"],
        "budget": ["budget", "expenses"],
    ]

    func entryLinks(of list: String) -> Markup {
        guard request.reader?.enters == true, let kinds = Self.entries[list] else { return "" }
        let links = kinds.map { kind -> Markup in
            let text = choose("บันทึกรายการใหม่", "Enter a new one")
            return "<li>\(link(["enter", kind], "\(text) (\(kind))"))</li>\n"
        }
        return "<ul>\n\(links)</ul>\n"
    }
}

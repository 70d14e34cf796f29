/// A form that narrows a list; it works as an address, without a program.
struct FilterForm {
    enum Field {
        case text(name: String, label: String, value: String)
        case day(name: String, label: String, value: String)
        case choice(name: String, label: String, value: String, options: [(String, String)])
    }

    /// Of the path that it asks.
    let path: [String]
    let fields: [Field]
}

extension PageContext {
    func form(_ form: FilterForm) -> Markup {
        let fields = form.fields.map { field -> Markup in
            switch field {
            case .text(let name, let label, let value):
                """
                <div><label for="f-\(name)">\(label)</label>
                <input id="f-\(name)" name="\(name)" type="text" value="\(value)" \
                autocomplete="off"/></div>

                """
            case .day(let name, let label, let value):
                """
                <div><label for="f-\(name)">\(label)</label>
                <input id="f-\(name)" name="\(name)" type="date" value="\(value)"/></div>

                """
            case .choice(let name, let label, let value, let options):
                """
                <div><label for="f-\(name)">\(label)</label>
                <select id="f-\(name)" name="\(name)">
                \(options.map { option($0, isChosen: $0.0 == value) })</select></div>

                """
            }
        }
        return """
            <form class="filters" method="get" action="\(Link.to(form.path))" role="search">
            \(fields)<button type="submit">\(choose("ค้นหา", "Search"))</button>
            </form>

            """
    }

    private func option(_ option: (String, String), isChosen: Bool) -> Markup {
        isChosen
            ? "<option value=\"\(option.0)\" selected=\"selected\">\(option.1)</option>\n"
            : "<option value=\"\(option.0)\">\(option.1)</option>\n"
    }
}

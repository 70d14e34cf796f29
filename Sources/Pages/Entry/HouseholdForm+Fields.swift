import Console
import Survey

/// The controls of the form: one a question, in its order, each with its label and its fault.
extension PageContext {
    func frameField(_ field: HouseholdEntry.Frame, _ form: HouseholdForm) -> Markup {
        let place = EntryField.frame(field)
        let isNumber = field == .village || field == .lao
        let options =
            field == .village ? form.villages : field == .lao ? form.laos : []
        let list: Markup =
            options.isEmpty
            ? ""
            : """
            <datalist id="\(field.rawValue)-list">
            \(options.map { option -> Markup in
                "<option value=\"\(option.code)\">\(option.name)</option>\n"
            })</datalist>

            """
        let listed: Markup = options.isEmpty ? "" : " list=\"\(field.rawValue)-list\""
        let mode: Markup = isNumber ? " inputmode=\"numeric\"" : ""
        let control: Markup = """
            <input id="\(place.name)" name="\(place.name)" type="text" \
            value="\(form.entry[field])" maxlength="500"\(mode)\(listed)\
            \(described(place, form, isRequired: field.isRequired, hasHint: field.hint != nil))/>\(list)
            """
        return labelled(
            place,
            name: "\(field.label.text(language))",
            hint: field.hint?.text(language),
            control,
            form
        )
    }

    /// Nothing of a question that is not asked there, unless it was answered all the same.
    func question(
        _ item: Questionnaire.Item,
        _ place: AnswerPlace,
        _ form: HouseholdForm
    ) -> Markup {
        let typed = form.entry[item.item, place]
        guard form.judgement.asked.isAsked(item.item, place) || !typed.isEmpty else { return "" }
        let field = EntryField.answer(item.item, place)
        let hint = hint(item)
        let described = described(
            field,
            form,
            isRequired: !item.isOptional,
            hasHint: hint != nil
        )
        let control: Markup
        switch item.kind {
        case .yesNo:
            control = select(
                field,
                [("yes", choose("ใช่", "yes")), ("no", choose("ไม่ใช่", "no"))],
                typed,
                described
            )
        case .choice(let choices):
            let options = choices.map { ($0.code, $0.wording.phrase.text(language)) }
            control = select(field, options, typed, described)
        case .number, .day, .text, .citizenID:
            let mode: Markup
            switch item.kind {
            case .number, .citizenID: mode = " inputmode=\"numeric\""
            default: mode = ""
            }
            control = """
                <input id="\(field.name)" name="\(field.name)" type="text" value="\(typed)" \
                maxlength="500"\(mode)\(described)/>
                """
        }
        let wording = item.wording.phrase
        let isNumbered = item.item.first == "q" && item.item.dropFirst().first?.isNumber == true
        let code: Markup =
            isNumbered ? "<span class=\"code\">\(String(item.item.dropFirst()))</span> " : ""
        let english: Markup =
            language == .english
            ? " <span class=\"hint\" lang=\"th\">\(wording.thai)</span>" : ""
        return labelled(
            field,
            name: "\(code)\(wording.text(language))\(english)",
            hint: hint,
            control,
            form
        )
    }

    private func hint(_ item: Questionnaire.Item) -> String? {
        let optional = item.isOptional ? choose("ไม่บังคับ", "optional") : nil
        let kind: String?
        switch item.kind {
        case .number(let bounds, let measure):
            let (least, most) = (bounds.lowerBound.grouped, bounds.upperBound.grouped)
            kind = "\(least) – \(most) \(Self.measure(measure).text(language))"
        case .day: kind = choose("เช่น 20/3/2520", "such as 1977-03-20 or 20/3/2520")
        case .citizenID: kind = choose("13 หลัก", "13 digits")
        case .yesNo, .choice, .text: kind = nil
        }
        let hints = [kind, optional].compactMap(\.self)
        return hints.isEmpty ? nil : hints.joined(separator: ", ")
    }

    /// A measure that this version does not know stays as the form has it.
    private static func measure(_ measure: String) -> Phrase {
        let thai = [
            "g": "กรัม", "baht": "บาท", "points": "คะแนน", "microdegrees": "ไมโครองศา",
            "years": "ปี", "persons": "คน",
        ]
        return Phrase(thai: thai[measure] ?? measure, english: measure)
    }

    /// A list whose entries begin with their numbers, which the keyboard chooses by.
    private func select(
        _ field: EntryField,
        _ options: [(value: String, name: String)],
        _ typed: String,
        _ described: Markup
    ) -> Markup {
        var list: [Markup] = ["<option value=\"\"></option>\n"]
        for (offset, option) in options.enumerated() {
            let chosen: Markup = option.value == typed ? " selected=\"selected\"" : ""
            list.append(
                "<option value=\"\(option.value)\"\(chosen)>\(offset + 1) \(option.name)</option>\n"
            )
        }
        // What is none of the list is kept until another is chosen.
        if !typed.isEmpty, !options.contains(where: { $0.value == typed }) {
            list.append("<option value=\"\(typed)\" selected=\"selected\">? \(typed)</option>\n")
        }
        return """
            <select id="\(field.name)" name="\(field.name)"\(described)>
            \(list)</select>
            """
    }

    private func labelled(
        _ field: EntryField,
        name: Markup,
        hint: String?,
        _ control: Markup,
        _ form: HouseholdForm
    ) -> Markup {
        let help: Markup =
            hint.map { hint -> Markup in
                "<span class=\"hint\" id=\"\(field.name)-hint\">\(hint)</span>\n"
            } ?? ""
        let faults = faults(field, form).map { $0.text(language) }
        let fault: Markup =
            faults.isEmpty
            ? ""
            : """
            <span class="fault" id="\(field.name)-fault">\(faults.joined(separator: " · "))</span>

            """
        return """
            <div class="question"><label for="\(field.name)">\(name)</label>
            \(help)\(control)
            \(fault)</div>

            """
    }

    private func described(
        _ field: EntryField,
        _ form: HouseholdForm,
        isRequired: Bool,
        hasHint: Bool
    ) -> Markup {
        let isFaulty = !faults(field, form).isEmpty
        let ids = [hasHint ? "\(field.name)-hint" : nil, isFaulty ? "\(field.name)-fault" : nil]
            .compactMap(\.self)
        let required: Markup = isRequired ? " aria-required=\"true\"" : ""
        let invalid: Markup = isFaulty ? " aria-invalid=\"true\"" : ""
        let by: Markup =
            ids.isEmpty ? "" : " aria-describedby=\"\(ids.joined(separator: " "))\""
        return "\(required)\(invalid)\(by)"
    }

    /// What is wrong at a field, as far as it is told by now.
    private func faults(_ field: EntryField, _ form: HouseholdForm) -> [Phrase] {
        let judgement = form.judgement
        var findings = judgement.faults
        if form.isChecked { findings += judgement.missing + judgement.contradictions }
        return findings.filter { $0.fields.contains(field) }.map(\.sentence)
    }
}

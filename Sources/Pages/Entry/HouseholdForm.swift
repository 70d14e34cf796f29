package import Console
package import Survey

/// The form of a household: a new one, or one to be corrected.
package struct HouseholdForm: Sendable {
    package enum Use: Sendable, Hashable {
        case new
        /// Of the household of this id.
        case correction(String)
    }

    package let use: Use
    package let form: Questionnaire
    package let entry: HouseholdEntry
    package let judgement: EntryJudgement
    /// The command's id, so that a form that is sent twice is recorded once.
    package let formID: String
    package var draftID = ""
    /// How many acts the household had when its answers were read.
    package var version: UInt32 = 0
    /// Whether what is missing, what cannot be and what follows is told, too.
    package var isChecked = false
    /// What was shown: recording goes on from there.
    package var confirmed = ""
    /// Against what is on record, where it is a correction.
    package var changes: [EntryChange] = []
    /// What has just happened, or why not.
    package var notices: [Phrase] = []
    package var isRefused = false
    /// Codes and names to choose from.
    package var villages: [(code: String, name: String)] = []
    package var laos: [(code: String, name: String)] = []

    package init(
        _ use: Use,
        _ form: Questionnaire,
        _ entry: HouseholdEntry,
        _ judgement: EntryJudgement,
        formID: String
    ) {
        self.use = use
        self.form = form
        self.entry = entry
        self.judgement = judgement
        self.formID = formID
    }

    var path: [String] {
        switch use {
        case .new: ["households", "new"]
        case .correction(let household): ["households", household, "correct"]
        }
    }

    /// Where the form goes; the cycle of a correction stands in its address.
    var address: String {
        switch use {
        case .new: Link.to(path)
        case .correction: Link.to(path, ["cycle": entry.cycle])
        }
    }
}

extension Pages {
    package func householdForm(_ form: HouseholdForm, _ request: PageRequest) -> [UInt8] {
        // Another language is the same draft again: what was typed is in no address.
        let request = PageRequest(
            path: form.path,
            query: ["cycle": form.entry.cycle, "draft": form.draftID].filter { !$0.value.isEmpty },
            language: request.language,
            reader: request.reader,
            nowSeconds: request.nowSeconds
        )
        return PageContext(pages: self, request: request).householdForm(form).body
    }
}

extension PageContext {
    fileprivate func householdForm(_ form: HouseholdForm) -> PageAnswer {
        let title: String
        switch form.use {
        case .new:
            title = choose("บันทึกครัวเรือน", "Record a household")
        case .correction(let household):
            title = choose("แก้ไขครัวเรือน", "Correct household") + " \(household)"
        }
        var parts: [Markup] = []
        if case .new = form.use {
            parts.append(
                paragraph(link(["households", "drafts"], choose("ฉบับร่างของฉัน", "My drafts")))
            )
        }
        parts.append(told(form))
        parts.append(body(form))
        return page("\(title) \(form.entry.cycle)", parts)
    }

    private func body(_ form: HouseholdForm) -> Markup {
        let asked = choose(
            "พิมพ์ตัวเลขหน้าตัวเลือกเพื่อเลือก กด Tab เพื่อไปข้อต่อไป"
                + " เมื่อใส่วันเกิดและข้อมูลสมาชิกแล้วกด “ปรับแบบสอบถาม” เพื่อแสดงข้อที่ต้องถาม",
            "Type the number in front of a choice to choose it; Tab leads to the next question. When"
                + " the roster is filled in, “Update the form” shows what else is asked."
        )
        return """
            <form class="entry" method="post" action="\(form.address)" autocomplete="off">
            <button type="submit" disabled="disabled" hidden="hidden"></button>
            \(hidden(form))<p class="hint">\(asked)</p>
            \(frame(form))\(household(form))\(members(form))\(buttons(form))</form>

            """
    }

    /// What goes along; before it stands a button that cannot be pressed, which is what Enter presses.
    private func hidden(_ form: HouseholdForm) -> Markup {
        let values = [
            ("csrf", request.reader?.csrf ?? ""), ("form", form.formID), ("draft", form.draftID),
            ("cycle", form.entry.cycle), ("members", "\(form.entry.members.count)"),
            ("version", "\(form.version)"), ("confirmed", form.confirmed),
        ]
        let fields = values.map { value -> Markup in
            "<input type=\"hidden\" name=\"\(value.0)\" value=\"\(value.1)\"/>\n"
        }
        return "\(fields)"
    }

    private func frame(_ form: HouseholdForm) -> Markup {
        let isCorrection = form.use != .new
        let fields = HouseholdEntry.Frame.allCases.filter { field in
            switch field {
            case .reason: isCorrection
            case .household: !isCorrection
            default: true
            }
        }
        let controls = fields.map { frameField($0, form) }
        return """
            <fieldset><legend>\(choose("ครัวเรือนและการสัมภาษณ์", "Household and interview"))</legend>
            <div class="questions">
            \(controls)</div></fieldset>

            """
    }

    private func household(_ form: HouseholdForm) -> Markup {
        let controls = form.form.items.filter { $0.unit == .household }
            .map { question($0, .household, form) }
        return """
            <fieldset><legend>\(choose("คำถามของครัวเรือน", "Questions of the household"))</legend>
            <div class="questions">
            \(controls)</div></fieldset>

            """
    }

    private func members(_ form: HouseholdForm) -> Markup {
        let count = form.entry.members.count
        let sections = form.entry.members.indices.map { index -> Markup in
            let controls = form.form.items.filter { $0.unit == .member }
                .map { question($0, .member(index), form) }
            let remove: Markup =
                count == 1
                ? ""
                : button(
                    "remove-\(index + 1)",
                    choose("ลบคนที่ \(index + 1)", "Remove member \(index + 1)"),
                    form,
                    at: "m\(max(1, index))"
                )
            return """
                <fieldset id="m\(index + 1)"><legend>\(placeName(.member(index)))</legend>
                <div class="questions">
                \(controls)</div>
                <p>\(button("update", choose("ปรับแบบสอบถาม", "Update the form"), form, at: "m\(index + 1)"))
                \(remove)</p></fieldset>

                """
        }
        let add = button(
            "add",
            choose("เพิ่มสมาชิก", "Add a member"),
            form,
            at: "m\(count + 1)"
        )
        return "\(sections)<p>\(add)</p>\n"
    }

    /// A button that comes back to where it stands.
    private func button(
        _ action: String,
        _ name: String,
        _ form: HouseholdForm,
        at place: String,
        key: String = ""
    ) -> Markup {
        let access: Markup = key.isEmpty ? "" : " accesskey=\"\(key)\""
        return """
            <button type="submit" name="do" value="\(action)" \
            formaction="\(form.address)#\(place)"\(access)>\(name)</button>

            """
    }

    private func buttons(_ form: HouseholdForm) -> Markup {
        """
        <div class="actions">
        \(button("check", choose("ตรวจ", "Check"), form, at: "told", key: "c"))\
        \(button("save", choose("เก็บร่าง", "Save as a draft"), form, at: "told", key: "s"))\
        \(button("update", choose("ปรับแบบสอบถาม", "Update the form"), form, at: "content", key: "u"))\
        \(button("record", choose("บันทึก", "Record"), form, at: "told", key: "r"))</div>

        """
    }

    func placeName(_ place: AnswerPlace) -> String {
        switch place {
        case .household: choose("ครัวเรือน", "household")
        case .member(let index): choose("คนที่ \(index + 1)", "member \(index + 1)")
        }
    }
}

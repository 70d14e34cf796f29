import Access
import Hummingbird
import Pages
import Survey
import WebAuthn

/// The pages of verifying.
struct AuditPages {
    private let call: Call
    private let core: ServiceCore
    private let parts: PageParts

    init(_ call: Call, _ core: ServiceCore) {
        (self.call, self.core) = (call, core)
        parts = PageParts(core.parts.pages, call.pageRequest(core))
    }

    private func choose(_ thai: String, _ english: String) -> String {
        parts.choose(thai, english)
    }

    private func time(_ microseconds: Int64) -> Markup {
        parts.time(unixMicroseconds: microseconds, iso: microseconds.iso)
    }

    private var title: String { choose("ตรวจสอบบัญชี", "Audit") }

    // MARK: What was verified last

    func audit(_ made: [StoredVerification], isRunning: Bool) -> Response {
        var sections: [Markup] = [
            parts.sentence(
                choose(
                    "ระบบคำนวณทุกระเบียนใหม่ แล้วเทียบกับลายมือชื่อ ค่าราก กติกา และตัวเลขที่รับรองไว้",
                    "Every record is recomputed and held against signatures, root hashes, the rules,"
                        + " and the figures that were certified."
                )
            ),
            ownWord,
        ]
        sections.append(
            isRunning
                ? parts.paragraph(
                    parts.link(
                        ["audit", "verification"],
                        choose("กำลังตรวจสอบอยู่: ดูความคืบหน้า", "One goes on: see how far it is")
                    )
                )
                : parts.form(
                    ["audit", "verification"],
                    button: choose("ตรวจสอบเดี๋ยวนี้", "Verify now")
                )
        )
        if let last = made.first {
            let words = VerificationWords(last, parts.language)
            sections.append(
                parts.section("last", choose("ครั้งล่าสุด", "The last one"), [summary(words)])
            )
        } else {
            sections.append(
                parts.sentence(choose("ยังไม่เคยตรวจสอบที่นี่", "Nothing was verified here yet."))
            )
        }
        if made.count > 1 { sections.append(history(made)) }
        sections.append(byOneself)
        if call.principal?.mayEver(.readAccessLog) == .granted([.auditor]) {
            let name = choose("บันทึกการเข้าถึง", "The access log")
            sections.append(parts.paragraph(parts.link(["audit", "access-log"], name)))
        }
        return .page(parts.page(title, sections).body)
    }

    private func summary(_ words: VerificationWords) -> Markup {
        let more = parts.link(
            ["audit", "verification"],
            choose("ผลโดยละเอียด", "The verdict in full")
        )
        let body: Markup = """
            \(headline(words))\(parts.facts([
                (choose("ตรวจเสร็จเมื่อ", "Ended"), time(words.stored.endedAt)),
                (choose("ผู้สั่งตรวจ", "Begun by"), "\(words.stored.person)"),
            ]))
            """
        return "\(body)\(parts.paragraph(more))"
    }

    private func history(_ made: [StoredVerification]) -> Markup {
        parts.table(
            "verifications",
            choose("ครั้งที่ผ่านมา (เก็บไว้ 10 ครั้ง)", "Earlier ones (ten are kept)"),
            [
                (choose("เสร็จเมื่อ", "Ended"), false), (choose("ผู้สั่งตรวจ", "Begun by"), false),
                (choose("ระเบียน", "Records"), true), (choose("ผล", "Outcome"), false),
            ],
            made.map { stored in
                let words = VerificationWords(stored, parts.language)
                let size: Markup = words.verdict?.size.map { parts.number($0) } ?? "–"
                return [time(stored.endedAt), "\(stored.person)", size, "\(words.headline)"]
            }
        )
    }

    // MARK: One that goes on

    func running(_ doneCount: Int, of totalCount: Int) -> Response {
        let page = parts.page(
            choose("กำลังตรวจสอบบัญชี", "Verifying the ledger"),
            [
                parts.progress(
                    done: doneCount,
                    total: totalCount,
                    label: choose("ระเบียนที่ตรวจแล้ว", "Records verified"),
                    events: ["audit", "verification", "progress"]
                ),
                parts.sentence(
                    choose(
                        "ปิดหน้านี้ได้ การตรวจดำเนินต่อ และผลจะอยู่ที่หน้าตรวจสอบ",
                        "You may leave: it goes on, and the verdict will be on the page Audit."
                    )
                ),
            ],
            scripts: ["progress.js"]
        )
        return Response.page(page.body).refreshing(unless: call.query["live"] == "1")
    }

    // MARK: The verdict

    func verdict(_ stored: StoredVerification) -> Response {
        let words = VerificationWords(stored, parts.language)
        var facts: [(String, Markup)] = [
            (choose("เริ่มเมื่อ", "Begun"), time(stored.startedAt)),
            (choose("ตรวจเสร็จเมื่อ", "Ended"), time(stored.endedAt)),
            (choose("ผู้สั่งตรวจ", "Begun by"), "\(stored.person)"),
        ]
        if let size = words.verdict?.size {
            facts.append((choose("จำนวนระเบียน", "Records"), parts.number(size)))
        }
        if let root = words.verdict?.root {
            facts.append((choose("ค่าราก (root hash)", "Root hash"), parts.code(root)))
        }
        var sections: [Markup] = [headline(words), parts.facts(facts)]
        if words.verdict != nil {
            sections.append(levels(words))
            sections += findings(words)
            sections.append(files(stored))
        }
        sections += [
            ownWord,
            parts.form(
                ["audit", "verification"],
                button: choose("ตรวจสอบอีกครั้ง", "Verify again")
            ),
            byOneself,
        ]
        return .page(
            parts.page(choose("ผลการตรวจสอบบัญชี", "The ledger's verdict"), sections).body
        )
    }

    private func headline(_ words: VerificationWords) -> Markup {
        words.isGood
            ? "<p role=\"status\"><strong>\(words.headline)</strong></p>\n"
            : "<p class=\"note\" role=\"status\"><strong>\(words.headline)</strong></p>\n"
    }

    private func levels(_ words: VerificationWords) -> Markup {
        parts.table(
            "levels",
            choose("ระดับการตรวจ", "Levels"),
            [
                (choose("ระดับ", "Level"), false),
                (choose("ป้องกันเรื่องใด", "Protects against"), false), (choose("ผล", "Result"), false),
            ],
            words.levels.map { level in
                [
                    "\(level.name)", "\(level.protection)",
                    level.isGood ? "\(level.state)" : parts.late(level.state),
                ]
            }
        )
    }

    private func findings(_ words: VerificationWords) -> [Markup] {
        guard let verdict = words.verdict, !verdict.findings.isEmpty else { return [] }
        let shown = verdict.findings.prefix(Self.findingCountMax)
        var sections: [Markup] = [
            parts.sentence(
                choose(
                    "เริ่มดูจากข้อแรก ข้อหลังอาจเป็นเพียงผลที่ตามมา ระเบียนนับจาก 0",
                    "Begin with the first: later ones may only follow from it. Records count from 0."
                )
            )
        ]
        for (offset, found) in shown.enumerated() { sections.append(section(offset, found)) }
        let rest = verdict.findingCount - shown.count
        if rest > 0 {
            let count = parts.number(rest)
            let more: Markup =
                parts.language == .thai
                ? "และอีก \(count) ข้อ อยู่ในแฟ้ม JSON เท่าที่โปรแกรมแจกแจง"
                : "and \(count) more: the JSON file has those that the program lists."
            sections.append(parts.paragraph(more))
        }
        return [
            parts.section("findings", choose("สิ่งที่พบ", "Findings"), sections)
        ]
    }

    /// More than these nobody reads on a page; the files have them.
    private static let findingCountMax = 50

    private func section(_ offset: Int, _ found: ShownVerdict.Found) -> Markup {
        let words = found.words(parts.language)
        let place: Markup =
            found.index.map { parts.link(record: $0) }
            ?? "\(choose("ทั้งบัญชี", "the whole ledger"))"
        var facts: [(String, Markup)] = [
            (choose("ระเบียน", "Record"), place), (choose("รหัส", "Code"), parts.code(found.code)),
            (
                choose("สิ่งที่โปรแกรมพบ (ภาษาอังกฤษ)", "What the program found"),
                "<span lang=\"en\">\(found.reason)</span>"
            ),
        ]
        if let words {
            facts += [
                (choose("ความหมาย", "It means"), "\(words.meaning)"),
                (choose("สาเหตุที่อาจไม่ได้เจตนา", "Possible innocent cause"), "\(words.innocentCause)"),
                (
                    choose("สาเหตุที่อาจเกิดจากเจตนา", "Possible malicious cause"),
                    "\(words.maliciousCause)"
                ),
                (choose("สิ่งที่ควรทำตอนนี้", "What to do now"), "\(words.action)"),
            ]
        }
        return "<h3>\(offset + 1). \(words?.title ?? found.code)</h3>\n\(parts.facts(facts))"
    }

    private func files(_ stored: StoredVerification) -> Markup {
        let names = [
            ("report.txt", choose("ข้อความ", "Text")),
            ("report.html", choose("รายงานสำหรับพิมพ์ (HTML)", "Report to print (HTML)")),
            ("report.json", "JSON"),
        ]
        let links = names.filter { $0.0 != "report.html" || !stored.report.isEmpty }
            .map { parts.link(["audit", "verification", $0.0], $0.1) }
        return parts.section("files", choose("บันทึกผลไว้", "Keep it"), [parts.list(links)])
    }

    // MARK: What it is worth

    private var ownWord: Markup {
        parts.note(
            """
            \(choose(
                "ระบบนี้กำลังตรวจสอบตนเอง: ผู้ที่แก้ไขเครื่องนี้ได้ ก็แก้ผลนี้ได้ ผู้ตรวจสอบควรตรวจซ้ำที่เครื่องของตนเอง",
                "This is the operator's own service verifying itself: whoever can alter this machine can alter this verdict, too. An auditor should verify on a machine of his own."
            ))
            """
        )
    }

    private var byOneself: Markup {
        let site = core.web.party.origins.first ?? ""
        return parts.section(
            "oneself",
            choose("ตรวจที่เครื่องของตนเอง", "On a machine of your own"),
            [
                parts.sentence(
                    choose(
                        "ขอสำเนาสำรอง (bmn backup) หรือบัญชีที่เผยแพร่ (bmn publish) จากผู้ดูแลเครื่อง แล้วสั่ง",
                        "Ask the operator for a backup (bmn backup) or the published log (bmn publish),"
                            + " then run:"
                    )
                ),
                parts.exact(
                    "bmn-audit verify FOLDER --state seen.txt --policy policy.txt\n"
                        + "bmn-audit verify FOLDER --report report.html"
                ),
                parts.sentence(
                    choose(
                        "และเทียบค่ารากกับจุดตรวจที่ระบบนี้เผยแพร่:",
                        "And compare the root hash with the checkpoint that this service publishes:"
                    )
                ),
                parts.exact("\(site)/log/checkpoint"),
            ]
        )
    }
}

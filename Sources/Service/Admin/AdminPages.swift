import Access
import Hummingbird
import Pages
import UsersProjection

/// The admin's page of people, links and tokens.
struct AdminPages {
    struct People: Sendable {
        let users: [UserRow]
        let passkeyCounts: [String: Int]
        let links: [ListedEnrolment]
        let tokens: [Token]
        let now: Int64
    }

    /// More of them are in the list of users (`bmn list users`).
    static let userCountMax = 500

    let call: Call
    let core: ServiceCore
    let parts: PageParts

    init(_ call: Call, _ core: ServiceCore) {
        (self.call, self.core) = (call, core)
        parts = PageParts(core.parts.pages, call.pageRequest(core))
    }

    func choose(_ thai: String, _ english: String) -> String { parts.choose(thai, english) }

    func time(_ microseconds: Int64) -> Markup {
        parts.time(unixMicroseconds: microseconds, iso: microseconds.iso)
    }

    func people(_ found: People) -> Response {
        let sections: [Markup] = [
            others,
            parts.sentence(
                choose(
                    "ผู้ดูแลระบบไม่บันทึกข้อมูลและไม่ลงนาม ทะเบียนผู้ใช้แก้ที่บัญชีโดยผู้กำกับงานหรือผู้ดูแลเครื่อง",
                    "Admins enter no data and sign nothing. The register of users is changed in the"
                        + " ledger, by supervisors or the machine's operator."
                )
            ),
            parts.section("links", choose("ลิงก์ลงทะเบียน", "Links"), [newLink, links(found)]),
            parts.section("users", choose("ผู้ใช้", "Users"), [users(found)]),
            parts.section(
                "tokens",
                choose("โทเคนของโปรแกรม", "Tokens of programs"),
                [
                    TokenTable.markup(
                        found.tokens,
                        found.now,
                        ["admin", "tokens", "revoke"],
                        parts
                    )
                ]
            ),
        ]
        return .page(parts.page(choose("ดูแลระบบ", "Admin"), sections).body)
    }

    private var others: Markup {
        parts.list([
            parts.link(
                ["admin", "projections"],
                choose("ตารางสรุปและการสร้างใหม่", "Read models and replay")
            ),
            parts.link(
                ["admin", "operations"],
                choose("พยาน สำเนาสำรอง และการลบข้อมูลส่วนบุคคล", "Witnesses, backups and erasure")
            ),
        ])
    }

    private var newLink: Markup {
        parts.form(
            ["admin", "links"],
            button: choose("สร้างลิงก์", "Make a link"),
            parts.field(
                "person",
                choose("รหัสบุคคล", "Person's id"),
                hint: choose(
                    "ใช้ได้ครั้งเดียวภายใน 1 วัน ผู้ที่มีลิงก์จะเข้าใช้ในนามบุคคลนั้นได้",
                    "Good once, for a day. Whoever has it is taken for that person."
                )
            )
        )
    }

    private func links(_ found: People) -> Markup {
        parts.table(
            "link-table",
            choose("ลิงก์ใน 30 วันที่ผ่านมา", "Links of the last 30 days"),
            [
                (choose("ลิงก์", "Link"), false), (choose("สำหรับ", "For"), false),
                (choose("ผู้สร้าง", "Made by"), false), (choose("สร้างเมื่อ", "Made"), false),
                (choose("หมดอายุ", "Expires"), false), (choose("สถานะ", "State"), false),
            ],
            found.links.map { link in
                let maker =
                    link.madeBy.isEmpty ? choose("ผู้ดูแลเครื่อง", "the operator") : link.madeBy
                let button = parts.form(
                    ["admin", "links", "end"],
                    button: choose("ยุติ \(link.name)", "End \(link.name)"),
                    hidden: [("link", link.name)]
                )
                let state: Markup
                if let usedAt = link.usedAt {
                    let word = choose("ใช้หรือยุติแล้ว", "used or ended")
                    state = "\(word) \(time(usedAt))"
                } else {
                    state =
                        link.isOpen(at: found.now)
                        ? button : "\(choose("หมดอายุโดยไม่ได้ใช้", "expired unused"))"
                }
                return [
                    parts.code(link.name), "\(link.person)", "\(maker)", time(link.createdAt),
                    time(link.expiresAt), state,
                ]
            }
        )
    }

    private func users(_ found: People) -> Markup {
        parts.table(
            "user-table",
            choose(
                "ทะเบียนผู้ใช้ตามบัญชี รอบล่าสุดก่อน",
                "The ledger's register of users, latest cycle first"
            ),
            [
                (choose("บุคคล", "Person"), false), (choose("รอบปี", "Cycle"), false),
                (choose("บทบาท", "Role"), false), (choose("พื้นที่", "Area"), false),
                (choose("พาสคีย์", "Passkeys"), true), (choose("สถานะ", "State"), false),
            ],
            found.users.map { user in
                [
                    "\(user.person)", "\(user.cycle)", "\(parts.word(user.role))",
                    parts.link(["areas", user.area], user.area, ["cycle": user.cycle]),
                    parts.number(found.passkeyCounts[user.person] ?? 0),
                    user.disabledOn == nil
                        ? "\(choose("ใช้งาน", "active"))"
                        : "\(choose("ปิดใช้งาน", "disabled"))",
                ]
            }
        )
    }

    /// The only page that ever shows a link.
    func madeLink(_ url: String, _ person: String, until end: Int64) -> Response {
        let sections: [Markup] = [
            parts.note(
                """
                \(choose(
                    "แสดงครั้งนี้ครั้งเดียว: คัดลอกแล้วส่งให้บุคคลนี้เท่านั้น",
                    "Shown this once: copy it, and hand it to this person and nobody else."
                ))
                """
            ),
            parts.facts([
                (choose("สำหรับ", "For"), "\(person)"), (choose("หมดอายุ", "Expires"), time(end)),
            ]),
            parts.exact(url),
            parts.paragraph(parts.link(["admin"], choose("กลับไปหน้าดูแลระบบ", "Back to Admin"))),
        ]
        return .page(parts.page(choose("ลิงก์ลงทะเบียน", "A link"), sections).body)
    }
}

import Cryptography
import Hummingbird
import Pages
import ProjectionRuntime

/// The admin's pages of read models, and of what is done at the ledger's machine.
extension AdminPages {
    // MARK: Read models

    func projections(
        _ found: [(digest: ProjectionDigest, lag: UInt64)],
        _ following: ProjectionFollower.State,
        last: LongWork<LiveReplay.Outcome>.State?
    ) -> Response {
        var sections: [Markup] = []
        if let failure = following.failure {
            sections.append(poison(failure, following.failedIndex))
        }
        if let last { sections.append(outcome(last)) }
        sections += [
            parts.table(
                "projections",
                choose("ตารางสรุปที่ใช้อยู่", "The read models in use"),
                [
                    (choose("ตาราง", "Name"), false), (choose("รุ่น", "Version"), true),
                    (choose("ถึงระเบียน", "Position"), true), (choose("ตามหลัง", "Lag"), true),
                    (choose("ค่าย่อย SHA-256", "Digest"), false),
                ],
                found.map { state in
                    [
                        parts.code(state.digest.name), parts.number(state.digest.version),
                        parts.number(state.digest.treeSize),
                        state.lag == 0 ? "0" : parts.late("\(state.lag)"),
                        parts.code(state.digest.digest.hex),
                    ]
                }
            ),
            parts.section(
                "replay",
                choose("สร้างใหม่จากระเบียน", "Replay"),
                [
                    parts.sentence(
                        choose(
                            "สร้างตารางใหม่ข้างตารางเดิมแล้วสลับเมื่อค่าย่อยตรงกัน ระหว่างนั้นใช้งานได้ตามปกติ",
                            "Builds all tables anew beside these, and takes their place where the digests"
                                + " are the same. Everything goes on meanwhile."
                        )
                    ),
                    parts.form(
                        ["admin", "projections", "replay"],
                        button: choose("สร้างใหม่", "Replay"),
                        parts.tick(
                            "anyway",
                            choose(
                                "สลับแม้ค่าย่อยต่างกัน (หลังหาสาเหตุแล้ว)",
                                "Replace even where digests differ (after finding out why)"
                            )
                        )
                    ),
                ]
            ),
        ]
        return .page(parts.page(choose("ตารางสรุป", "Read models"), sections).body)
    }

    private func place(_ index: UInt64?) -> Markup {
        guard let index else { return "" }
        return "\(choose(" ที่ระเบียน ", " at record "))\(parts.link(record: index))"
    }

    private func poison(_ code: String, _ index: UInt64?) -> Markup {
        let place = self.place(index)
        return parts.note(
            """
            \(choose("ตารางสรุปหยุดตามบัญชี", "The read models do not follow the ledger")): \
            \(parts.code(code))\(place)
            """
        )
    }

    private func outcome(_ state: LongWork<LiveReplay.Outcome>.State) -> Markup {
        let ended: Markup = state.endedAt.map { time($0) } ?? ""
        let body: Markup
        switch state.outcome {
        case .swapped?:
            let word = choose("สร้างใหม่และสลับแล้ว", "Rebuilt, and in place")
            body = "<p role=\"status\"><strong>\(word)</strong> \(ended)</p>\n"
        case .kept(let live, let built)?:
            let word = choose(
                "ค่าย่อยต่างกัน: ตารางเดิมคงไว้ และไฟล์ใหม่เก็บไว้ข้างกันชื่อ survey.sqlite.differs",
                "The digests differ: the tables in use stay, and the new file is kept beside them as"
                    + " survey.sqlite.differs."
            )
            body = """
                <p class="note" role="status"><strong>\(word)</strong> \(ended)</p>
                \(differences(live, built))
                """
        case .failed(let code, let index)?:
            let word = choose(
                "สร้างใหม่ไม่สำเร็จ ตารางเดิมคงไว้",
                "The replay failed; the tables in use stay"
            )
            let place = self.place(index)
            body = """
                <p class="note" role="status"><strong>\(word)</strong>: \
                \(parts.code(code))\(place) \(ended)</p>

                """
        case nil: body = ""
        }
        return body
    }

    private func differences(_ live: [ProjectionDigest], _ built: [ProjectionDigest]) -> Markup {
        let rows = zip(live, built).filter { $0 != $1 }.map { live, built -> [Markup] in
            [
                parts.code(live.name), parts.code(live.digest.hex), parts.code(built.digest.hex),
            ]
        }
        return parts.table(
            "differences",
            choose("ตารางที่ต่างกัน", "What differs"),
            [
                (choose("ตาราง", "Name"), false), (choose("ที่ใช้อยู่", "In use"), false),
                (choose("สร้างใหม่", "Rebuilt"), false),
            ],
            rows
        )
    }

    func replaying(_ doneCount: Int, of totalCount: Int) -> Response {
        let page = parts.page(
            choose("กำลังสร้างตารางใหม่", "Replaying"),
            [
                parts.progress(
                    done: doneCount,
                    total: totalCount,
                    label: choose("ระเบียนที่อ่านแล้ว", "Records applied"),
                    events: ["admin", "projections", "progress"]
                )
            ],
            scripts: ["progress.js"]
        )
        return Response.page(page.body).refreshing(unless: call.query["live"] == "1")
    }

    // MARK: By hand

    func operations(_ found: WitnessWork) -> Response {
        let sections: [Markup] = [
            parts.section(
                "witnesses",
                choose("พยาน", "Witnesses"),
                [
                    witnesses(found),
                    parts.sentence(
                        choose(
                            "เวลาเป็นตามที่ลายมือชื่อพยานระบุ พยานใดต้องมีกี่รายเป็นไปตามนโยบายของผู้ตรวจสอบ"
                                + " (bmn-audit verify --policy) ซึ่งไม่ได้อยู่ที่ระบบนี้",
                            "Times are what the cosignatures say. Which witnesses are needed is for the"
                                + " auditor's own policy (bmn-audit verify --policy), which does not lie"
                                + " here. bmn checkpoint --policy collects cosignatures."
                        )
                    ),
                ]
            ),
            byHand(
                "backups",
                choose("สำเนาสำรอง", "Backups"),
                choose(
                    "ทำที่เครื่องของบัญชี ขณะระบบทำงานอยู่ก็ได้ ระบบนี้ไม่ทราบว่าสำเนาอยู่ที่ใด",
                    "Made at the ledger's machine, also while the service runs. The service does not"
                        + " know where copies lie."
                ),
                "bmn backup LEDGER COPY\nbmn-audit verify COPY"
            ),
            byHand(
                "erasure",
                choose("การลบข้อมูลส่วนบุคคล", "Erasure"),
                choose(
                    "ผู้ดูแลระบบลบไม่ได้: ผู้กำกับงานของพื้นที่เป็นผู้สั่งลบ โดยผู้ดูแลเครื่องรันคำสั่งนี้",
                    "Admins cannot erase: the area's supervisor decides, and the machine's operator"
                        + " runs this."
                ),
                "bmn erase LEDGER --help"
            ),
        ]
        let title = choose("พยาน สำเนาสำรอง และการลบข้อมูลส่วนบุคคล", "Witnesses, backups and erasure")
        return .page(parts.page(title, sections).body)
    }

    private func witnesses(_ found: WitnessWork) -> Markup {
        parts.table(
            "witness-table",
            choose("ใครร่วมลงนามจุดตรวจล่าสุดใด", "Who cosigned which checkpoint last"),
            [
                (choose("พยาน", "Witness"), false), (choose("ขนาดบัญชี", "Tree size"), true),
                (choose("เมื่อ", "When"), false), (choose("สถานะ", "State"), false),
            ],
            found.witnesses.map { witness in
                let behind = found.latestSize - min(found.latestSize, witness.treeSize)
                let microseconds = witness.time.flatMap { seconds -> Int64? in
                    let product = Int64(clamping: seconds).multipliedReportingOverflow(
                        by: 1_000_000
                    )
                    return product.overflow ? nil : product.partialValue
                }
                let word = choose(
                    "ขาดจุดตรวจที่พยานอื่นลงนามแล้ว",
                    "late: others cosigned a newer one"
                )
                let records = choose("ตามหลัง \(behind) ระเบียน", "\(behind) records behind")
                return [
                    "\(witness.name)", parts.number(witness.treeSize),
                    microseconds.map { time($0) } ?? "–",
                    witness.treeSize < found.cosignedSize ? parts.late(word) : "\(records)",
                ]
            }
        )
    }

    private func byHand(
        _ id: String,
        _ title: String,
        _ sentence: String,
        _ command: String
    ) -> Markup {
        parts.section(id, title, [parts.sentence(sentence), parts.exact(command)])
    }
}

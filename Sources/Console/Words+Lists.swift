/// The words that lists have for states which the records do not name.
extension Words {
    static let thaiOfLists: [String: String] = [
        "received": "รับแล้ว", "not_received": "ยังไม่ได้รับ",
        "registered": "ขึ้นทะเบียนแล้ว", "disabled": "ระงับแล้ว",
        "in_force": "มีผลอยู่", "ended": "สิ้นผลแล้ว", "not_yet": "ยังไม่ถึงวัน", "revoked": "ยกเลิกแล้ว",
        "done": "ทำแล้ว", "overdue": "เลยกำหนด", "settled": "ครบแล้ว",
        "met": "ทันกำหนด", "late": "ช้า", "missed": "เลยกำหนด",
        "missing": "ไม่ได้รายงาน", "agrees": "ตรงกัน", "differs": "ไม่ตรงกัน",
        "nominated": "เสนอชื่อแล้ว", "chosen": "ได้รับเลือก", "not_chosen": "ไม่ได้รับเลือก",
        "within_allocation": "ในวงเงิน", "over_allocation": "เกินวงเงิน",
        "erased": "ลบแล้ว", "keyMissing": "ไม่มีกุญแจในคลัง",
    ]
}

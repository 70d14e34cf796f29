// Made by Tools/generate from 2560-2564.json: edit that.
extension Questionnaire {
    static let document2560 = #"""
        {
         "edition": "2560-2564",
         "titleTh": "แบบสอบถามข้อมูลความจำเป็นพื้นฐาน (จปฐ.) ปี 2560-2564",
         "titleEn": "Basic minimum needs questionnaire, 2560-2564",
         "categories": [
          {
           "category": "health",
           "nameTh": "สุขภาพ",
           "nameEn": "Health"
          },
          {
           "category": "environment",
           "nameTh": "สภาพแวดล้อม",
           "nameEn": "Environment"
          },
          {
           "category": "education",
           "nameTh": "การศึกษา",
           "nameEn": "Education"
          },
          {
           "category": "employmentAndIncome",
           "nameTh": "การมีงานทำและรายได้",
           "nameEn": "Employment and income"
          },
          {
           "category": "values",
           "nameTh": "ค่านิยม",
           "nameEn": "Values"
          }
         ],
         "choiceLists": [
          {
           "list": "title",
           "choices": [
            {
             "code": "mr",
             "th": "นาย",
             "en": "Mr"
            },
            {
             "code": "mrs",
             "th": "นาง",
             "en": "Mrs"
            },
            {
             "code": "miss",
             "th": "นางสาว",
             "en": "Miss"
            },
            {
             "code": "boy",
             "th": "เด็กชาย",
             "en": "Master"
            },
            {
             "code": "girl",
             "th": "เด็กหญิง",
             "en": "Girl"
            },
            {
             "code": "other",
             "th": "อื่น ๆ",
             "en": "Other"
            }
           ]
          },
          {
           "list": "sex",
           "choices": [
            {
             "code": "male",
             "th": "ชาย",
             "en": "Male"
            },
            {
             "code": "female",
             "th": "หญิง",
             "en": "Female"
            }
           ]
          },
          {
           "list": "relation",
           "choices": [
            {
             "code": "head",
             "th": "หัวหน้าครัวเรือน",
             "en": "Head of the household"
            },
            {
             "code": "spouse",
             "th": "คู่สมรส",
             "en": "Spouse"
            },
            {
             "code": "child",
             "th": "บุตร",
             "en": "Child"
            },
            {
             "code": "parent",
             "th": "บิดา มารดา",
             "en": "Parent"
            },
            {
             "code": "grandchild",
             "th": "หลาน",
             "en": "Grandchild"
            },
            {
             "code": "sibling",
             "th": "พี่น้อง",
             "en": "Sibling"
            },
            {
             "code": "relative",
             "th": "ญาติ",
             "en": "Other relative"
            },
            {
             "code": "other",
             "th": "ผู้อาศัย",
             "en": "Not related"
            }
           ]
          },
          {
           "list": "occupation",
           "choices": [
            {
             "code": "none",
             "th": "ไม่มีอาชีพ",
             "en": "None"
            },
            {
             "code": "student",
             "th": "กำลังศึกษา",
             "en": "Studying"
            },
            {
             "code": "farmer",
             "th": "เกษตรกร",
             "en": "Farmer"
            },
            {
             "code": "labourer",
             "th": "รับจ้าง",
             "en": "Hired labourer"
            },
            {
             "code": "trader",
             "th": "ค้าขาย",
             "en": "Trader"
            },
            {
             "code": "employee",
             "th": "พนักงานเอกชน",
             "en": "Employee"
            },
            {
             "code": "official",
             "th": "รับราชการ พนักงานของรัฐ",
             "en": "State official"
            },
            {
             "code": "business",
             "th": "ธุรกิจส่วนตัว",
             "en": "Own business"
            },
            {
             "code": "other",
             "th": "อื่น ๆ",
             "en": "Other"
            }
           ]
          },
          {
           "list": "education",
           "choices": [
            {
             "code": "none",
             "th": "ไม่เคยศึกษา",
             "en": "None"
            },
            {
             "code": "preschool",
             "th": "อนุบาล ศูนย์เด็กเล็ก",
             "en": "Preschool"
            },
            {
             "code": "primary",
             "th": "ประถมศึกษา",
             "en": "Primary"
            },
            {
             "code": "lowerSecondary",
             "th": "มัธยมศึกษาตอนต้น (ม.1-3)",
             "en": "Lower secondary (M.1-3)"
            },
            {
             "code": "upperSecondary",
             "th": "มัธยมศึกษาตอนปลาย หรือ ปวช.",
             "en": "Upper secondary or vocational certificate"
            },
            {
             "code": "diploma",
             "th": "อนุปริญญา หรือ ปวส.",
             "en": "Diploma"
            },
            {
             "code": "bachelor",
             "th": "ปริญญาตรี",
             "en": "Bachelor"
            },
            {
             "code": "higher",
             "th": "สูงกว่าปริญญาตรี",
             "en": "Above bachelor"
            }
           ]
          },
          {
           "list": "religion",
           "choices": [
            {
             "code": "buddhist",
             "th": "พุทธ",
             "en": "Buddhist"
            },
            {
             "code": "muslim",
             "th": "อิสลาม",
             "en": "Muslim"
            },
            {
             "code": "christian",
             "th": "คริสต์",
             "en": "Christian"
            },
            {
             "code": "other",
             "th": "อื่น ๆ",
             "en": "Other"
            },
            {
             "code": "none",
             "th": "ไม่นับถือศาสนา",
             "en": "None"
            }
           ]
          },
          {
           "list": "land",
           "choices": [
            {
             "code": "own",
             "th": "ของตนเอง",
             "en": "Own"
            },
            {
             "code": "rented",
             "th": "เช่า",
             "en": "Rented"
            },
            {
             "code": "state",
             "th": "ที่ดินของรัฐ",
             "en": "State land"
            },
            {
             "code": "other",
             "th": "ของผู้อื่น",
             "en": "Of others"
            },
            {
             "code": "none",
             "th": "ไม่มี",
             "en": "None"
            }
           ]
          },
          {
           "list": "incomeKind",
           "choices": [
            {
             "code": "occupationAndIncome",
             "th": "มีอาชีพและมีรายได้",
             "en": "Occupation and income"
            },
            {
             "code": "incomeOnly",
             "th": "ไม่มีอาชีพแต่มีรายได้",
             "en": "No occupation but income"
            },
            {
             "code": "noIncome",
             "th": "ไม่มีอาชีพและไม่มีรายได้",
             "en": "Neither occupation nor income"
            }
           ]
          }
         ],
         "items": [
          {
           "item": "houseCode",
           "unit": "household",
           "th": "รหัสประจำบ้าน",
           "en": "House registration code",
           "optional": true,
           "personal": true,
           "text": {}
          },
          {
           "item": "houseNumber",
           "unit": "household",
           "th": "บ้านเลขที่",
           "en": "House number",
           "personal": true,
           "text": {}
          },
          {
           "item": "latitude",
           "unit": "household",
           "th": "ละติจูด",
           "en": "Latitude",
           "optional": true,
           "personal": true,
           "number": {
            "minimum": "-90000000",
            "maximum": "90000000",
            "measure": "microdegrees"
           }
          },
          {
           "item": "longitude",
           "unit": "household",
           "th": "ลองจิจูด",
           "en": "Longitude",
           "optional": true,
           "personal": true,
           "number": {
            "minimum": "-180000000",
            "maximum": "180000000",
            "measure": "microdegrees"
           }
          },
          {
           "item": "landLivedOn",
           "unit": "household",
           "th": "ที่ดินที่อยู่อาศัย",
           "en": "Land lived on",
           "optional": true,
           "choice": "land"
          },
          {
           "item": "landWorked",
           "unit": "household",
           "th": "ที่ดินทำกิน",
           "en": "Land worked",
           "optional": true,
           "choice": "land"
          },
          {
           "item": "happiness",
           "unit": "household",
           "th": "ระดับความสุขของครัวเรือน (0-10)",
           "en": "Happiness of the household (0-10)",
           "optional": true,
           "personal": true,
           "number": {
            "minimum": "0",
            "maximum": "10",
            "measure": "points"
           }
          },
          {
           "item": "relation",
           "unit": "member",
           "th": "ความสัมพันธ์กับหัวหน้าครัวเรือน",
           "en": "Relation to the head",
           "personal": true,
           "choice": "relation"
          },
          {
           "item": "title",
           "unit": "member",
           "th": "คำนำหน้าชื่อ",
           "en": "Title",
           "personal": true,
           "choice": "title"
          },
          {
           "item": "firstName",
           "unit": "member",
           "th": "ชื่อ",
           "en": "First name",
           "personal": true,
           "text": {}
          },
          {
           "item": "lastName",
           "unit": "member",
           "th": "นามสกุล",
           "en": "Last name",
           "personal": true,
           "text": {}
          },
          {
           "item": "sex",
           "unit": "member",
           "th": "เพศ",
           "en": "Sex",
           "personal": true,
           "choice": "sex"
          },
          {
           "item": "citizenID",
           "unit": "member",
           "th": "เลขประจำตัวประชาชน",
           "en": "Citizen id",
           "optional": true,
           "personal": true,
           "citizenId": {}
          },
          {
           "item": "birthDate",
           "unit": "member",
           "th": "วันเดือนปีเกิด",
           "en": "Date of birth",
           "personal": true,
           "day": {}
          },
          {
           "item": "occupation",
           "unit": "member",
           "th": "อาชีพ",
           "en": "Occupation",
           "personal": true,
           "choice": "occupation"
          },
          {
           "item": "education",
           "unit": "member",
           "th": "ระดับการศึกษาสูงสุดที่จบ หรือกำลังเรียน",
           "en": "Education",
           "personal": true,
           "choice": "education"
          },
          {
           "item": "studying",
           "unit": "member",
           "th": "กำลังศึกษาอยู่",
           "en": "Is studying now",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "religion",
           "unit": "member",
           "th": "ศาสนา",
           "en": "Religion",
           "personal": true,
           "choice": "religion"
          },
          {
           "item": "disabled",
           "unit": "member",
           "th": "เป็นผู้พิการ",
           "en": "Has a disability",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "chronicallyIll",
           "unit": "member",
           "th": "เป็นผู้ป่วยโรคเรื้อรัง",
           "en": "Has a chronic illness",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "caresForSelf",
           "unit": "member",
           "th": "ช่วยเหลือตนเองได้",
           "en": "Can look after himself or herself",
           "asked": "disabled or chronicallyIll or age >= 60",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "informant",
           "unit": "member",
           "th": "เป็นผู้ให้ข้อมูล",
           "en": "Gave the answers",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "welfareCard",
           "unit": "member",
           "th": "มีบัตรสวัสดิการแห่งรัฐ",
           "en": "Has a state welfare card",
           "optional": true,
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q1",
           "unit": "member",
           "th": "น้ำหนักแรกเกิด",
           "en": "Weight at birth",
           "asked": "ageMonths <= 12",
           "personal": true,
           "number": {
            "minimum": "300",
            "maximum": "8000",
            "measure": "g"
           }
          },
          {
           "item": "q2.1",
           "unit": "member",
           "th": "กินนมแม่อย่างเดียวจนถึงวันสำรวจ",
           "en": "Exclusively breast-fed up to now",
           "asked": "ageMonths < 6",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q2.2",
           "unit": "member",
           "th": "กินนมแม่อย่างเดียวอย่างน้อย 6 เดือนแรกติดต่อกัน",
           "en": "Exclusively breast-fed for the first 6 months without a break",
           "asked": "ageMonths >= 6 and ageMonths <= 12",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q3",
           "unit": "member",
           "th": "ได้รับวัคซีนครบทุกชนิดตามอายุ",
           "en": "Has had every vaccine due for the age",
           "asked": "age <= 12",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q4.1",
           "unit": "household",
           "th": "อาหารบรรจุสำเร็จมีเครื่องหมาย อย.",
           "en": "Packaged food carries the FDA mark",
           "choice": "yesNo"
          },
          {
           "item": "q4.2",
           "unit": "household",
           "th": "เนื้อสัตว์ปรุงสุกก่อนกิน",
           "en": "Meat is cooked before it is eaten",
           "choice": "yesNo"
          },
          {
           "item": "q4.3",
           "unit": "household",
           "th": "ผักล้างสะอาดหรือปลอดสารพิษ",
           "en": "Vegetables are washed well or free of toxins",
           "choice": "yesNo"
          },
          {
           "item": "q4.4",
           "unit": "household",
           "th": "ล้างมือก่อนกินและใช้ช้อนกลาง",
           "en": "Hands are washed and a serving spoon is used",
           "choice": "yesNo"
          },
          {
           "item": "q5.1",
           "unit": "household",
           "th": "ใช้ยาสามัญประจำบ้านรักษาอาการเบื้องต้น",
           "en": "Household remedies are used for minor illness",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q5.2",
           "unit": "household",
           "th": "ไม่กินยาชุดที่ซื้อจากร้านขายของชำ",
           "en": "No drug sets from grocers are taken",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q5.3",
           "unit": "household",
           "th": "ไม่กินยาสมุนไพรหรือยาแผนโบราณที่ไม่เหมาะสม",
           "en": "No unsuitable herbal or traditional medicine is taken",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q5.4",
           "unit": "household",
           "th": "ไม่กินผลิตภัณฑ์เสริมอาหารที่โฆษณาเกินจริง",
           "en": "No over-claimed supplements are taken",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q6.1",
           "unit": "member",
           "th": "ได้ตรวจสุขภาพประจำปีในรอบปีที่ผ่านมา",
           "en": "Had the annual health check in the past year",
           "asked": "age >= 35",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q6.2",
           "unit": "member",
           "th": "ได้คัดกรองเบาหวานและความดันโลหิตสูง",
           "en": "Was screened for diabetes and hypertension",
           "asked": "age >= 35",
           "optional": true,
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q7.1",
           "unit": "member",
           "th": "ออกกำลังกายสัปดาห์ละ 3 วันขึ้นไป วันละ 30 นาที",
           "en": "Exercises 3 days a week or more, 30 minutes a day",
           "asked": "age >= 6",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q7.2",
           "unit": "member",
           "th": "ออกแรงหรือออกกำลังครั้งละ 10 นาทีขึ้นไป รวมวันละ 30 นาที สัปดาห์ละ 5 วันขึ้นไป",
           "en": "Exerts himself or herself in bouts of 10 minutes, 30 minutes a day, 5 days a week or more",
           "asked": "age >= 6",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q8.1",
           "unit": "household",
           "th": "มีความมั่นคงในที่อยู่อาศัย",
           "en": "Tenure of the home is secure",
           "choice": "yesNo"
          },
          {
           "item": "q8.2",
           "unit": "household",
           "th": "บ้านมีสภาพคงทนถาวร",
           "en": "The house is durable",
           "choice": "yesNo"
          },
          {
           "item": "q9",
           "unit": "household",
           "th": "มีน้ำสะอาดสำหรับดื่มและบริโภคเพียงพอตลอดปี อย่างน้อยคนละ 5 ลิตรต่อวัน",
           "en": "Enough clean drinking water all year, at least 5 litres a person a day",
           "choice": "yesNo"
          },
          {
           "item": "q10",
           "unit": "household",
           "th": "มีน้ำใช้เพียงพอตลอดปี อย่างน้อยคนละ 45 ลิตรต่อวัน",
           "en": "Enough water for use all year, at least 45 litres a person a day",
           "choice": "yesNo"
          },
          {
           "item": "q11.1",
           "unit": "household",
           "th": "สิ่งของในบ้านจัดเป็นระเบียบ",
           "en": "Things in the house are kept in order",
           "choice": "yesNo"
          },
          {
           "item": "q11.2",
           "unit": "household",
           "th": "ในบ้านสะอาด ไม่มีฝุ่นหยากไย่",
           "en": "The inside of the house is clean",
           "choice": "yesNo"
          },
          {
           "item": "q11.3",
           "unit": "household",
           "th": "บริเวณบ้านสะอาด",
           "en": "The ground around the house is clean",
           "choice": "yesNo"
          },
          {
           "item": "q11.4",
           "unit": "household",
           "th": "ที่ประกอบอาหารสะอาด",
           "en": "The place for cooking is clean",
           "choice": "yesNo"
          },
          {
           "item": "q11.5",
           "unit": "household",
           "th": "จัดการขยะถูกวิธี",
           "en": "Waste is dealt with properly",
           "choice": "yesNo"
          },
          {
           "item": "q11.6",
           "unit": "household",
           "th": "น้ำเสียระบายได้ ไม่ขัง",
           "en": "Waste water drains and does not stand",
           "choice": "yesNo"
          },
          {
           "item": "q11.7",
           "unit": "household",
           "th": "ส้วมถูกสุขลักษณะ",
           "en": "The toilet is hygienic",
           "choice": "yesNo"
          },
          {
           "item": "q11.8",
           "unit": "household",
           "th": "ไม่มีแหล่งเพาะพันธุ์สัตว์และแมลงนำโรค",
           "en": "Nothing breeds animals and insects that carry disease",
           "choice": "yesNo"
          },
          {
           "item": "q11.5.1",
           "unit": "household",
           "th": "คัดแยกขยะ",
           "en": "Waste is sorted",
           "optional": true,
           "choice": "yesNo"
          },
          {
           "item": "q11.5.2",
           "unit": "household",
           "th": "มีที่รองรับขยะมีฝาปิด",
           "en": "There is a bin with a lid",
           "optional": true,
           "choice": "yesNo"
          },
          {
           "item": "q11.5.3",
           "unit": "household",
           "th": "นำขยะไปใช้ประโยชน์",
           "en": "Waste is put to use",
           "optional": true,
           "choice": "yesNo"
          },
          {
           "item": "q11.5.4",
           "unit": "household",
           "th": "กำจัดขยะหรือมีผู้เก็บขน",
           "en": "Waste is disposed of or collected",
           "optional": true,
           "choice": "yesNo"
          },
          {
           "item": "q12.1",
           "unit": "household",
           "th": "ถูกรบกวนจากเสียง",
           "en": "Disturbed by noise",
           "choice": "yesNo"
          },
          {
           "item": "q12.2",
           "unit": "household",
           "th": "ถูกรบกวนจากความสั่นสะเทือน",
           "en": "Disturbed by vibration",
           "choice": "yesNo"
          },
          {
           "item": "q12.3",
           "unit": "household",
           "th": "ถูกรบกวนจากฝุ่นละออง",
           "en": "Disturbed by dust",
           "choice": "yesNo"
          },
          {
           "item": "q12.4",
           "unit": "household",
           "th": "ถูกรบกวนจากกลิ่น",
           "en": "Disturbed by smells",
           "choice": "yesNo"
          },
          {
           "item": "q12.5",
           "unit": "household",
           "th": "ถูกรบกวนจากน้ำเสีย",
           "en": "Disturbed by waste water",
           "choice": "yesNo"
          },
          {
           "item": "q12.6",
           "unit": "household",
           "th": "ถูกรบกวนจากขยะหรือของเสียอันตราย",
           "en": "Disturbed by rubbish or hazardous waste",
           "choice": "yesNo"
          },
          {
           "item": "q13.1.1",
           "unit": "household",
           "th": "ป้องกันอัคคีภัยและไฟฟ้า",
           "en": "Guards against fire and electricity",
           "choice": "yesNo"
          },
          {
           "item": "q13.1.2",
           "unit": "household",
           "th": "ป้องกันอุบัติเหตุในบ้าน",
           "en": "Guards against accidents at home",
           "choice": "yesNo"
          },
          {
           "item": "q13.1.3",
           "unit": "household",
           "th": "ป้องกันอุบัติเหตุบนถนนและการเดินทาง",
           "en": "Guards against accidents on the road",
           "choice": "yesNo"
          },
          {
           "item": "q13.1.4",
           "unit": "household",
           "th": "เตรียมรับภัยธรรมชาติ",
           "en": "Is prepared for natural disasters",
           "choice": "yesNo"
          },
          {
           "item": "q13.2",
           "unit": "household",
           "th": "ประสบภัยธรรมชาติในรอบปีที่ผ่านมา",
           "en": "Met a natural disaster in the past year",
           "optional": true,
           "choice": "yesNo"
          },
          {
           "item": "q13.3",
           "unit": "household",
           "th": "มีผู้บาดเจ็บจากการทำงานในรอบปีที่ผ่านมา",
           "en": "Somebody was hurt at work in the past year",
           "optional": true,
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q14.1",
           "unit": "household",
           "th": "ถูกฆ่าหรือทำให้เสียชีวิต",
           "en": "A killing",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q14.2",
           "unit": "household",
           "th": "ถูกทำร้ายร่างกาย ล่วงละเมิด หรือกระทำชำเรา",
           "en": "Assault, indecency or rape",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q14.3",
           "unit": "household",
           "th": "ถูกประทุษร้ายต่อทรัพย์",
           "en": "A crime against property",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q14.4",
           "unit": "household",
           "th": "ถูกบุกรุกที่อยู่อาศัย",
           "en": "Trespass into the house",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q14.5",
           "unit": "household",
           "th": "ถูกกระทำความผิดอื่นต่อชีวิตหรือทรัพย์สิน",
           "en": "Another crime against life or property",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q15",
           "unit": "member",
           "th": "ได้รับบริการเลี้ยงดูเตรียมความพร้อมก่อนวัยเรียน",
           "en": "Receives preschool care or joined readiness activities",
           "asked": "age >= 3 and age <= 5",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q16.1",
           "unit": "member",
           "th": "กำลังเรียนภาคบังคับ (ป.1 - ม.3) หรือจบแล้ว",
           "en": "Is in compulsory education (P.1-M.3), or has finished it",
           "asked": "age >= 6 and age <= 14",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q16.2",
           "unit": "member",
           "th": "ออกกลางคัน",
           "en": "Dropped out",
           "asked": "age >= 6 and age <= 14 and not q16.1",
           "optional": true,
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q17.1",
           "unit": "member",
           "th": "จบ ม.3 ในรอบปีที่ผ่านมา",
           "en": "Finished M.3 in the past year",
           "asked": "education in (\"lowerSecondary\", \"upperSecondary\")",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q17.2",
           "unit": "member",
           "th": "ได้เรียนต่อ ม.4 หรือเทียบเท่า",
           "en": "Continued to M.4 or equivalent",
           "asked": "education in (\"lowerSecondary\", \"upperSecondary\") and q17.1",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q18",
           "unit": "member",
           "th": "ได้รับการฝึกอบรมด้านอาชีพ",
           "en": "Had vocational training",
           "asked": "education = \"lowerSecondary\" and not studying and occupation = \"none\"",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q19.1",
           "unit": "member",
           "th": "อ่านและเขียนภาษาไทยได้",
           "en": "Reads and writes Thai",
           "asked": "age >= 15 and age <= 59",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q19.2",
           "unit": "member",
           "th": "คิดเลขอย่างง่ายได้",
           "en": "Does simple sums",
           "asked": "age >= 15 and age <= 59",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q19.3",
           "unit": "member",
           "th": "อ่านและเขียนภาษาอังกฤษได้",
           "en": "Reads and writes English",
           "asked": "age >= 15 and age <= 59",
           "optional": true,
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q20",
           "unit": "member",
           "th": "อาชีพและรายได้",
           "en": "Occupation and income",
           "asked": "age >= 15",
           "personal": true,
           "choice": "incomeKind"
          },
          {
           "item": "q22.1",
           "unit": "member",
           "th": "รายได้จากอาชีพหลัก ต่อปี",
           "en": "Income from the main occupation, a year",
           "asked": "age >= 15",
           "personal": true,
           "number": {
            "minimum": "0",
            "maximum": "1000000000",
            "measure": "baht"
           }
          },
          {
           "item": "q22.2",
           "unit": "member",
           "th": "รายได้จากอาชีพรอง ต่อปี",
           "en": "Income from other work, a year",
           "asked": "age >= 15",
           "personal": true,
           "number": {
            "minimum": "0",
            "maximum": "1000000000",
            "measure": "baht"
           }
          },
          {
           "item": "q22.3",
           "unit": "member",
           "th": "รายได้อื่น ต่อปี",
           "en": "Other income, a year",
           "asked": "age >= 15",
           "personal": true,
           "number": {
            "minimum": "0",
            "maximum": "1000000000",
            "measure": "baht"
           }
          },
          {
           "item": "q22.4",
           "unit": "member",
           "th": "มูลค่าสิ่งที่ทำเองใช้เอง ต่อปี",
           "en": "Worth of what is made and used at home, a year",
           "asked": "age >= 15",
           "personal": true,
           "number": {
            "minimum": "0",
            "maximum": "1000000000",
            "measure": "baht"
           }
          },
          {
           "item": "q22.5",
           "unit": "household",
           "th": "รายได้อื่นของครัวเรือนที่ไม่ใช่ของคนใดคนหนึ่ง ต่อปี",
           "en": "Income of the household that is not one member's, a year",
           "optional": true,
           "personal": true,
           "number": {
            "minimum": "0",
            "maximum": "1000000000",
            "measure": "baht"
           }
          },
          {
           "item": "q23",
           "unit": "household",
           "th": "เก็บออมเงินในรอบปีที่ผ่านมา ไม่ว่ารูปแบบหรือจำนวนใด",
           "en": "Saved money in the past year, in any form and amount",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q23.1",
           "unit": "household",
           "th": "จำนวนเงินออม",
           "en": "Amount saved",
           "asked": "q23",
           "optional": true,
           "personal": true,
           "number": {
            "minimum": "1",
            "maximum": "1000000000",
            "measure": "baht"
           }
          },
          {
           "item": "q24",
           "unit": "member",
           "th": "ดื่มสุรา",
           "en": "Drinks alcohol",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q25",
           "unit": "member",
           "th": "สูบบุหรี่",
           "en": "Smokes",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q26",
           "unit": "member",
           "th": "ปฏิบัติกิจกรรมทางศาสนาอย่างน้อยสัปดาห์ละ 1 ครั้ง",
           "en": "Practises a religious activity at least once a week",
           "asked": "age >= 6",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q27",
           "unit": "member",
           "th": "ผู้สูงอายุได้รับการดูแล",
           "en": "Is cared for as an elderly person",
           "asked": "age >= 60",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q28",
           "unit": "member",
           "th": "ผู้พิการได้รับการดูแล",
           "en": "Is cared for as a person with a disability",
           "asked": "disabled",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q28.2",
           "unit": "member",
           "th": "มีบัตรประจำตัวคนพิการ",
           "en": "Has a disability card",
           "asked": "disabled",
           "optional": true,
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q29",
           "unit": "member",
           "th": "ผู้ป่วยโรคเรื้อรังได้รับการดูแล",
           "en": "Is cared for as a chronically ill person",
           "asked": "chronicallyIll",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q30",
           "unit": "household",
           "th": "มีส่วนร่วมทำกิจกรรมสาธารณะเพื่อชุมชนหรือท้องถิ่นในรอบปีที่ผ่านมา",
           "en": "Took part in public activities for the community in the past year",
           "choice": "yesNo"
          },
          {
           "item": "q31.1",
           "unit": "household",
           "th": "ใช้เวลาร่วมกันอย่างน้อยสัปดาห์ละครั้ง หรือเดือนละ 4 ครั้ง",
           "en": "Spends time together at least weekly or 4 times a month",
           "asked": "memberCount >= 2",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q31.2",
           "unit": "household",
           "th": "เคารพนับถือกัน ไม่ทะเลาะรุนแรง",
           "en": "Respects one another, with no violent quarrel",
           "asked": "memberCount >= 2",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q31.3",
           "unit": "household",
           "th": "ปรึกษาหารือและช่วยเหลือกัน",
           "en": "Members consult and help each other",
           "asked": "memberCount >= 2",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q31.4",
           "unit": "household",
           "th": "มีญาติ",
           "en": "Has kin",
           "asked": "memberCount = 1",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q31.5",
           "unit": "household",
           "th": "ไปมาหาสู่ญาติอย่างน้อยปีละครั้ง",
           "en": "Visits or is visited by kin at least once a year",
           "asked": "memberCount = 1 and q31.4",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q31.6",
           "unit": "household",
           "th": "อยู่คนเดียวอย่างมีความสุข",
           "en": "Lives alone happily",
           "asked": "memberCount = 1 and not q31.4",
           "personal": true,
           "choice": "yesNo"
          },
          {
           "item": "q32",
           "unit": "household",
           "th": "มีสมาชิกกองทุนพัฒนาบทบาทสตรี",
           "en": "Has a member of the women's development fund",
           "optional": true,
           "choice": "yesNo"
          },
          {
           "item": "q33",
           "unit": "household",
           "th": "ต้องการฝึกอบรมด้านอาชีพ",
           "en": "Wants vocational training",
           "optional": true,
           "choice": "yesNo"
          }
         ],
         "indicators": [
          {
           "number": 1,
           "category": "health",
           "unit": "member",
           "nameTh": "เด็กแรกเกิดมีน้ำหนัก 2,500 กรัม ขึ้นไป",
           "nameEn": "Newborns weigh 2,500 g or more",
           "scope": "ageMonths <= 12",
           "pass": "q1 >= 2500",
           "ruleTh": "น้ำหนักแรกเกิด 2,500 กรัมขึ้นไป",
           "ruleEn": "birth weight of 2,500 g or more"
          },
          {
           "number": 2,
           "category": "health",
           "unit": "member",
           "nameTh": "เด็กแรกเกิดได้กินนมแม่อย่างเดียวอย่างน้อย 6 เดือนแรกติดต่อกัน",
           "nameEn": "Newborns exclusively breast-fed for at least the first 6 consecutive months",
           "scope": "ageMonths >= 6 and ageMonths <= 12",
           "pass": "q2.2",
           "ruleTh": "กินนมแม่อย่างเดียว 6 เดือนแรกติดต่อกัน",
           "ruleEn": "exclusively breast-fed for the first 6 months without a break"
          },
          {
           "number": 3,
           "category": "health",
           "unit": "member",
           "nameTh": "เด็กแรกเกิดถึง 12 ปี ได้รับวัคซีนป้องกันโรคครบตามตารางสร้างเสริมภูมิคุ้มกันโรค",
           "nameEn": "Children 0-12 fully vaccinated by the immunisation schedule",
           "scope": "age <= 12",
           "pass": "q3",
           "ruleTh": "ได้รับวัคซีนครบตามอายุ",
           "ruleEn": "all vaccines due for the age have been given"
          },
          {
           "number": 4,
           "category": "health",
           "unit": "household",
           "nameTh": "ครัวเรือนกินอาหารถูกสุขลักษณะ ปลอดภัย และได้มาตรฐาน",
           "nameEn": "Household eats hygienic, safe, standard food",
           "pass": "q4.1 and q4.2 and q4.3 and q4.4",
           "ruleTh": "ครบทั้ง 4 ข้อ",
           "ruleEn": "all 4 hold"
          },
          {
           "number": 5,
           "category": "health",
           "unit": "household",
           "nameTh": "ครัวเรือนมีการใช้ยาเพื่อบำบัด บรรเทาอาการเจ็บป่วยเบื้องต้นอย่างเหมาะสม",
           "nameEn": "Household uses medicine properly for minor illness",
           "pass": "q5.1 and q5.2 and q5.3 and q5.4",
           "ruleTh": "ครบทั้ง 4 ข้อ",
           "ruleEn": "all 4 hold"
          },
          {
           "number": 6,
           "category": "health",
           "unit": "member",
           "nameTh": "คนอายุ 35 ปีขึ้นไป ได้รับการตรวจสุขภาพประจำปี",
           "nameEn": "Persons 35+ had an annual health check",
           "scope": "age >= 35",
           "pass": "q6.1",
           "ruleTh": "ได้ตรวจสุขภาพประจำปี การคัดกรองอย่างเดียวไม่พอ",
           "ruleEn": "had the annual check; screening alone is not enough"
          },
          {
           "number": 7,
           "category": "health",
           "unit": "member",
           "nameTh": "คนอายุ 6 ปีขึ้นไป ออกกำลังกายอย่างน้อยสัปดาห์ละ 3 วัน ๆ ละ 30 นาที",
           "nameEn": "Persons 6+ exercise at least 3 days a week, 30 minutes a day",
           "scope": "age >= 6",
           "pass": "q7.1 or q7.2",
           "ruleTh": "ออกกำลังกาย หรือออกแรง อย่างใดอย่างหนึ่งพอ",
           "ruleEn": "exercise or exertion, either is enough"
          },
          {
           "number": 8,
           "category": "environment",
           "unit": "household",
           "nameTh": "ครัวเรือนมีความมั่นคงในที่อยู่อาศัยและบ้านมีสภาพคงทนถาวร",
           "nameEn": "Household has secure tenure and a durable house",
           "pass": "q8.1 and q8.2",
           "ruleTh": "ทั้งมั่นคงและคงทนถาวร",
           "ruleEn": "both secure and durable"
          },
          {
           "number": 9,
           "category": "environment",
           "unit": "household",
           "nameTh": "ครัวเรือนมีน้ำสะอาดสำหรับดื่มและบริโภคเพียงพอตลอดปี อย่างน้อยคนละ 5 ลิตรต่อวัน",
           "nameEn": "Household has enough clean drinking water all year, at least 5 litres per person per day",
           "pass": "q9",
           "ruleTh": "เพียงพอตลอดปี",
           "ruleEn": "enough all year"
          },
          {
           "number": 10,
           "category": "environment",
           "unit": "household",
           "nameTh": "ครัวเรือนมีน้ำใช้เพียงพอตลอดปี อย่างน้อยคนละ 45 ลิตรต่อวัน",
           "nameEn": "Household has enough water for use all year, at least 45 litres per person per day",
           "pass": "q10",
           "ruleTh": "เพียงพอตลอดปี",
           "ruleEn": "enough all year"
          },
          {
           "number": 11,
           "category": "environment",
           "unit": "household",
           "nameTh": "ครัวเรือนมีการจัดบ้านเรือนเป็นระเบียบเรียบร้อย สะอาด และถูกสุขลักษณะ",
           "nameEn": "Household keeps the home orderly, clean and hygienic",
           "pass": "q11.1 and q11.2 and q11.3 and q11.4 and q11.5 and q11.6 and q11.7 and q11.8",
           "ruleTh": "ครบทั้ง 8 ข้อ",
           "ruleEn": "all 8 hold"
          },
          {
           "number": 12,
           "category": "environment",
           "unit": "household",
           "nameTh": "ครัวเรือนไม่ถูกรบกวนจากมลพิษ",
           "nameEn": "Household not disturbed by pollution",
           "pass": "not (q12.1 or q12.2 or q12.3 or q12.4 or q12.5 or q12.6)",
           "ruleTh": "ไม่ถูกรบกวนเลย",
           "ruleEn": "disturbed by none of the 6"
          },
          {
           "number": 13,
           "category": "environment",
           "unit": "household",
           "nameTh": "ครัวเรือนมีการป้องกันอุบัติภัย และภัยธรรมชาติอย่างถูกวิธี",
           "nameEn": "Household guards properly against accidents and natural disasters",
           "pass": "q13.1.1 and q13.1.2 and q13.1.3 and q13.1.4",
           "ruleTh": "ป้องกันครบทั้ง 4 อย่าง",
           "ruleEn": "all 4 kinds of prevention hold"
          },
          {
           "number": 14,
           "category": "environment",
           "unit": "household",
           "nameTh": "ครัวเรือนมีความปลอดภัยในชีวิตและทรัพย์สิน",
           "nameEn": "Household is safe in life and property",
           "pass": "not (q14.1 or q14.2 or q14.3 or q14.4 or q14.5)",
           "ruleTh": "ไม่มีเหตุเลยในรอบปีที่ผ่านมา",
           "ruleEn": "none of these in the past year"
          },
          {
           "number": 15,
           "category": "education",
           "unit": "member",
           "nameTh": "เด็กอายุ 3 - 5 ปี ได้รับการบริการเลี้ยงดูเตรียมความพร้อมก่อนวัยเรียน",
           "nameEn": "Children 3-5 receive preschool care",
           "scope": "age >= 3 and age <= 5",
           "pass": "q15",
           "ruleTh": "ได้รับบริการ",
           "ruleEn": "received it"
          },
          {
           "number": 16,
           "category": "education",
           "unit": "member",
           "nameTh": "เด็กอายุ 6 - 14 ปี ได้รับการศึกษาภาคบังคับ 9 ปี",
           "nameEn": "Children 6-14 receive the 9-year compulsory education",
           "scope": "age >= 6 and age <= 14",
           "pass": "q16.1",
           "ruleTh": "กำลังเรียน หรือจบแล้ว",
           "ruleEn": "is in it, or has finished it"
          },
          {
           "number": 17,
           "category": "education",
           "unit": "member",
           "nameTh": "เด็กจบชั้น ม.3 ได้เรียนต่อชั้น ม.4 หรือเทียบเท่า",
           "nameEn": "M.3 leavers continue to M.4 or equivalent",
           "scope": "education in (\"lowerSecondary\", \"upperSecondary\") and q17.1",
           "pass": "q17.2",
           "ruleTh": "ได้เรียนต่อ",
           "ruleEn": "continued"
          },
          {
           "number": 18,
           "category": "education",
           "unit": "member",
           "nameTh": "คนในครัวเรือนที่จบการศึกษาภาคบังคับ 9 ปี ที่ไม่ได้เรียนต่อและยังไม่มีงานทำ ได้รับการฝึกอบรมด้านอาชีพ",
           "nameEn": "Members with 9-year education, not studying further and without work, had vocational training",
           "scope": "education = \"lowerSecondary\" and not studying and occupation = \"none\"",
           "pass": "q18",
           "ruleTh": "ได้ฝึกอบรมด้านอาชีพ",
           "ruleEn": "had vocational training"
          },
          {
           "number": 19,
           "category": "education",
           "unit": "member",
           "nameTh": "คนอายุ 15 - 59 ปี อ่าน เขียนภาษาไทย และคิดเลขอย่างง่ายได้",
           "nameEn": "Persons 15-59 read and write Thai and do simple sums",
           "scope": "age >= 15 and age <= 59",
           "pass": "q19.1 and q19.2",
           "ruleTh": "อ่าน เขียน และคิดเลขได้",
           "ruleEn": "reads, writes and does sums"
          },
          {
           "number": 20,
           "category": "employmentAndIncome",
           "unit": "member",
           "nameTh": "คนอายุ 15 - 59 ปี มีอาชีพและรายได้",
           "nameEn": "Persons 15-59 have an occupation and income",
           "scope": "age >= 15 and age <= 59 and not (studying and occupation in (\"none\", \"student\")) and not (disabled and not caresForSelf)",
           "pass": "q20 in (\"occupationAndIncome\", \"incomeOnly\")",
           "ruleTh": "มีรายได้ ยกเว้นผู้กำลังศึกษาที่ไม่มีงาน และผู้พิการที่ช่วยตนเองไม่ได้",
           "ruleEn": "has income; students without work, and disabled persons who cannot care for themselves, are left out"
          },
          {
           "number": 21,
           "category": "employmentAndIncome",
           "unit": "member",
           "nameTh": "คนอายุ 60 ปีขึ้นไป มีอาชีพและรายได้",
           "nameEn": "Persons 60+ have an occupation and income",
           "scope": "age >= 60 and not (disabled and not caresForSelf)",
           "pass": "q20 in (\"occupationAndIncome\", \"incomeOnly\")",
           "ruleTh": "มีรายได้ ยกเว้นผู้พิการที่ช่วยตนเองไม่ได้",
           "ruleEn": "has income; disabled persons who cannot care for themselves are left out"
          },
          {
           "number": 22,
           "category": "employmentAndIncome",
           "unit": "household",
           "nameTh": "รายได้เฉลี่ยของคนในครัวเรือนต่อปี ไม่น้อยกว่าคนละ 38,000 บาทต่อคนต่อปี",
           "nameEn": "Average income per household member at least 38,000 baht per person per year",
           "pass": "sum(q22.1 + q22.2 + q22.3 + q22.4) + q22.5 >= 38000 * memberCount",
           "ruleTh": "รายได้ทั้งหมดหารด้วยจำนวนคน ไม่น้อยกว่า 38,000 บาทต่อปี",
           "ruleEn": "all income divided by members is 38,000 baht a year or more"
          },
          {
           "number": 23,
           "category": "employmentAndIncome",
           "unit": "household",
           "nameTh": "ครัวเรือนมีการเก็บออมเงิน",
           "nameEn": "Household saves money",
           "pass": "q23",
           "ruleTh": "เก็บออมไม่ว่าจำนวนเท่าใด",
           "ruleEn": "saved, whatever the amount"
          },
          {
           "number": 24,
           "category": "values",
           "unit": "member",
           "nameTh": "คนในครัวเรือนไม่ดื่มสุรา",
           "nameEn": "Household members do not drink alcohol",
           "pass": "not q24",
           "ruleTh": "ไม่ดื่ม",
           "ruleEn": "does not drink"
          },
          {
           "number": 25,
           "category": "values",
           "unit": "member",
           "nameTh": "คนในครัวเรือนไม่สูบบุหรี่",
           "nameEn": "Household members do not smoke",
           "pass": "not q25",
           "ruleTh": "ไม่สูบ",
           "ruleEn": "does not smoke"
          },
          {
           "number": 26,
           "category": "values",
           "unit": "member",
           "nameTh": "คนอายุ 6 ปีขึ้นไป ปฏิบัติกิจกรรมทางศาสนาอย่างน้อยสัปดาห์ละ 1 ครั้ง",
           "nameEn": "Persons 6+ practise a religious activity at least once a week",
           "scope": "age >= 6",
           "pass": "q26",
           "ruleTh": "อย่างน้อยสัปดาห์ละครั้ง",
           "ruleEn": "at least once a week"
          },
          {
           "number": 27,
           "category": "values",
           "unit": "member",
           "nameTh": "ผู้สูงอายุได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน",
           "nameEn": "The elderly are cared for by family, community, state or private sector",
           "scope": "age >= 60",
           "pass": "q27",
           "ruleTh": "ได้รับการดูแล",
           "ruleEn": "is cared for"
          },
          {
           "number": 28,
           "category": "values",
           "unit": "member",
           "nameTh": "ผู้พิการได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน",
           "nameEn": "Persons with disability are cared for",
           "scope": "disabled",
           "pass": "q28",
           "ruleTh": "ได้รับการดูแล",
           "ruleEn": "is cared for"
          },
          {
           "number": 29,
           "category": "values",
           "unit": "member",
           "nameTh": "ผู้ป่วยโรคเรื้อรังได้รับการดูแลจากครอบครัว ชุมชน ภาครัฐ หรือภาคเอกชน",
           "nameEn": "Persons with chronic illness are cared for",
           "scope": "chronicallyIll",
           "pass": "q29",
           "ruleTh": "ได้รับการดูแล",
           "ruleEn": "is cared for"
          },
          {
           "number": 30,
           "category": "values",
           "unit": "household",
           "nameTh": "ครัวเรือนมีส่วนร่วมทำกิจกรรมสาธารณะเพื่อประโยชน์ของชุมชนหรือท้องถิ่น",
           "nameEn": "Household takes part in public activities for the community",
           "pass": "q30",
           "ruleTh": "มีส่วนร่วม",
           "ruleEn": "took part"
          },
          {
           "number": 31,
           "category": "values",
           "unit": "household",
           "nameTh": "ครอบครัวมีความอบอุ่น",
           "nameEn": "The family is warm",
           "pass": "(q31.1 and q31.2 and q31.3) or q31.5 or q31.6",
           "ruleTh": "ครบทั้ง 3 ข้อ ผู้อยู่คนเดียว: ไปมาหาสู่ญาติ หรือไม่มีญาติแต่มีความสุข",
           "ruleEn": "all 3 hold; living alone: visits kin, or has none and lives happily"
          }
         ],
         "contradictions": [
          {
           "contradiction": "notBornYet",
           "unit": "member",
           "severity": "error",
           "found": "ageMonths < 0",
           "th": "เกิดหลังวันอ้างอิงของปีสำรวจ",
           "en": "was born after the reference date"
          },
          {
           "contradiction": "tooOld",
           "unit": "member",
           "severity": "warning",
           "found": "age > 110",
           "th": "อายุเกิน 110 ปี",
           "en": "is older than 110"
          },
          {
           "contradiction": "noHead",
           "unit": "household",
           "severity": "error",
           "found": "count(relation = \"head\") != 1",
           "th": "ต้องมีหัวหน้าครัวเรือนหนึ่งคน",
           "en": "a household has one head"
          },
          {
           "contradiction": "headIsChild",
           "unit": "member",
           "severity": "warning",
           "found": "relation = \"head\" and age < 15",
           "th": "หัวหน้าครัวเรือนอายุต่ำกว่า 15 ปี",
           "en": "the head is under 15"
          },
          {
           "contradiction": "twoSpouses",
           "unit": "household",
           "severity": "warning",
           "found": "count(relation = \"spouse\") > 1",
           "th": "มีคู่สมรสของหัวหน้าครัวเรือนเกินหนึ่งคน",
           "en": "the head has more than one spouse"
          },
          {
           "contradiction": "childTooOld",
           "unit": "member",
           "severity": "warning",
           "found": "relation = \"child\" and count(relation = \"head\") = 1 and age > sum(age where relation = \"head\") - 12",
           "th": "บุตรของหัวหน้าครัวเรือนอายุอ่อนกว่าหัวหน้าไม่ถึง 12 ปี",
           "en": "a child of the head is less than 12 years younger"
          },
          {
           "contradiction": "noInformant",
           "unit": "household",
           "severity": "error",
           "found": "count(informant) = 0",
           "th": "ไม่มีผู้ให้ข้อมูล",
           "en": "nobody gave the answers"
          },
          {
           "contradiction": "informantIsChild",
           "unit": "member",
           "severity": "warning",
           "found": "informant and age < 15",
           "th": "ผู้ให้ข้อมูลอายุต่ำกว่า 15 ปี",
           "en": "who gave the answers is under 15"
          },
          {
           "contradiction": "sameCitizenID",
           "unit": "household",
           "severity": "error",
           "found": "not distinct(citizenID)",
           "th": "เลขประจำตัวประชาชนซ้ำกันในครัวเรือน",
           "en": "two members have one citizen id"
          },
          {
           "contradiction": "titleAndSex",
           "unit": "member",
           "severity": "error",
           "found": "(title in (\"mr\", \"boy\") and sex = \"female\") or (title in (\"mrs\", \"miss\", \"girl\") and sex = \"male\")",
           "th": "คำนำหน้าชื่อไม่ตรงกับเพศ",
           "en": "title and sex do not go together"
          },
          {
           "contradiction": "childTitleOfAdult",
           "unit": "member",
           "severity": "warning",
           "found": "title in (\"boy\", \"girl\") and age >= 15",
           "th": "ใช้คำนำหน้าเด็กแต่อายุ 15 ปีขึ้นไป",
           "en": "has a child's title and is 15 or older"
          },
          {
           "contradiction": "smallChildAtWork",
           "unit": "member",
           "severity": "error",
           "found": "age < 7 and not (occupation in (\"none\", \"student\"))",
           "th": "เด็กอายุต่ำกว่า 7 ปีมีอาชีพ",
           "en": "a child under 7 has an occupation"
          },
          {
           "contradiction": "childAtWork",
           "unit": "member",
           "severity": "warning",
           "found": "age >= 7 and age < 15 and not (occupation in (\"none\", \"student\"))",
           "th": "เด็กอายุต่ำกว่า 15 ปีมีอาชีพ",
           "en": "a child under 15 has an occupation"
          },
          {
           "contradiction": "smallChildEducated",
           "unit": "member",
           "severity": "error",
           "found": "age < 5 and not (education in (\"none\", \"preschool\"))",
           "th": "เด็กอายุต่ำกว่า 5 ปีจบการศึกษาเกินวัย",
           "en": "a child under 5 has more than preschool education"
          },
          {
           "contradiction": "degreeTooEarly",
           "unit": "member",
           "severity": "error",
           "found": "age < 16 and education in (\"diploma\", \"bachelor\", \"higher\")",
           "th": "อายุต่ำกว่า 16 ปีแต่จบอนุปริญญาขึ้นไป",
           "en": "is under 16 and has a diploma or a degree"
          },
          {
           "contradiction": "studentNotStudying",
           "unit": "member",
           "severity": "warning",
           "found": "occupation = \"student\" and not studying",
           "th": "อาชีพกำลังศึกษา แต่ตอบว่าไม่ได้ศึกษา",
           "en": "the occupation is studying, and the answer is not studying"
          },
          {
           "contradiction": "schoolAgeWithoutSchool",
           "unit": "member",
           "severity": "warning",
           "found": "age >= 6 and age <= 14 and ((q16.1 and not studying and education in (\"none\", \"preschool\")) or (not q16.1 and studying and education != \"preschool\"))",
           "th": "อยู่ในวัยเรียน แต่คำตอบเรื่องการเรียนภาคบังคับไม่ตรงกับข้อมูลการศึกษา",
           "en": "is of school age, and the answers about compulsory education and about studying differ"
          },
          {
           "contradiction": "occupationAndIncomeDiffer",
           "unit": "member",
           "severity": "warning",
           "found": "age >= 15 and ((q20 = \"occupationAndIncome\" and occupation in (\"none\", \"student\")) or (q20 in (\"incomeOnly\", \"noIncome\") and not (occupation in (\"none\", \"student\"))))",
           "th": "อาชีพในทะเบียนไม่ตรงกับข้อ 20",
           "en": "the occupation in the roster and question 20 differ"
          },
          {
           "contradiction": "incomeWithoutIncome",
           "unit": "member",
           "severity": "error",
           "found": "age >= 15 and q20 = \"noIncome\" and q22.1 + q22.2 + q22.3 > 0",
           "th": "ตอบว่าไม่มีรายได้ แต่มีจำนวนรายได้",
           "en": "is said to have no income, and has amounts of it"
          },
          {
           "contradiction": "noAmountOfIncome",
           "unit": "member",
           "severity": "error",
           "found": "age >= 15 and q20 in (\"occupationAndIncome\", \"incomeOnly\") and q22.1 + q22.2 + q22.3 + q22.4 = 0",
           "th": "ตอบว่ามีรายได้ แต่จำนวนเป็นศูนย์",
           "en": "is said to have income, and the amount is zero"
          },
          {
           "contradiction": "savingsWithoutIncome",
           "unit": "household",
           "severity": "warning",
           "found": "q23 and sum(q22.1 + q22.2 + q22.3 + q22.4) + q22.5 = 0",
           "th": "ไม่มีรายได้แต่มีเงินออม",
           "en": "there are savings and no income"
          },
          {
           "contradiction": "smallChildDrinksOrSmokes",
           "unit": "member",
           "severity": "error",
           "found": "age < 7 and (q24 or q25)",
           "th": "เด็กอายุต่ำกว่า 7 ปีดื่มสุราหรือสูบบุหรี่",
           "en": "a child under 7 drinks or smokes"
          },
          {
           "contradiction": "newbornHeavy",
           "unit": "member",
           "severity": "warning",
           "found": "ageMonths <= 12 and q1 > 5500",
           "th": "น้ำหนักแรกเกิดเกิน 5,500 กรัม",
           "en": "weighed more than 5,500 g at birth"
          }
         ]
        }
        """#
}

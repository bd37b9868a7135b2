package models

// ClosedVerdict is what a closing keeps of one session of its month: the verdict
// as it was. It is never changed; what differs from it today is a 締め後の変更.
type ClosedVerdict struct {
	Month      Month
	Number     int    // of the closing
	Session    string // 指導番号
	PatientID  string
	AdmittedOn Date
	On         Date   // 指導日
	Result     string // 判定
	Points     int
	Code       string // of fee-rules §11
	Reason     string
	Warnings   string // a line each: 「W2 ケアプランの写しを受け取っていません」
	Plan       string // 1, 2 or "": the fee of the admission
	Confirmed  Claim  // the class of its 確定, "" when it was not confirmed
	// ConfirmedPoints are the points of its 確定, 0 when it was not confirmed.
	ConfirmedPoints int
	// Grounds is how each condition stood, with the records it rested on, as JSON.
	Grounds string
	Version int // the revision at which the month was closed
}

// Validate returns every problem of the record.
func (c ClosedVerdict) Validate() Problems {
	var ps Problems
	if c.Month == 0 {
		ps.add("月", "空欄です。月を入力してください")
	}
	ps.required("指導番号", c.Session)
	ps.required("判定", c.Result)
	return ps
}

// ClosedVerdictsOf returns what a closing kept, by 指導番号. A closing that was
// made before closings kept anything has none.
func (b *Book) ClosedVerdictsOf(c Closing) []ClosedVerdict {
	var of []ClosedVerdict
	for _, v := range b.ClosedVerdicts {
		if v.Month == c.Month && v.Number == c.Number {
			of = append(of, v)
		}
	}
	return of
}

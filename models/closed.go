package models

// ClosedVerdict is the verdict of one session as it was when its month was
// closed. It never changes; a difference from today's verdict is a 締め後の変更.
type ClosedVerdict struct {
	Month      Month
	Number     int    // of the Closing
	Session    string // 指導番号
	PatientID  string
	AdmittedOn Date
	On         Date   // 指導日
	Result     string // 判定
	Points     int
	Code       string // of fee-rules §11
	Reason     string
	Warnings   string // one per line: 「W2 ケアプランの写しを受け取っていません」
	Plan       string // the fee of the admission: 1, 2 or ""
	Confirmed  Claim  // the class of its 確定, "" when not confirmed
	// ConfirmedPoints are the points of its 確定, 0 when not confirmed.
	ConfirmedPoints int
	// Grounds holds each condition and the records it rested on, as JSON.
	Grounds string
	Version int // the revision the month was closed at
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

// ClosedVerdictsOf returns what a closing kept, by 指導番号. It is empty for a
// closing made before closings kept verdicts.
func (b *Book) ClosedVerdictsOf(c Closing) []ClosedVerdict {
	var of []ClosedVerdict
	for _, v := range b.ClosedVerdicts {
		if v.Month == c.Month && v.Number == c.Number {
			of = append(of, v)
		}
	}
	return of
}

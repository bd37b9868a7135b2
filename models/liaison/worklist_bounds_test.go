package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/liaison"
)

// The days below are counted by hand from 2026-11-22, the day of the list.
func TestWorkAtItsBounds(t *testing.T) {
	onlyThird := func(b *models.Book) { b.Sessions, b.Admissions = b.Sessions[2:], b.Admissions[3:] }
	noticeOn := func(expected models.Date) func(*models.Book) {
		return func(b *models.Book) { b.Admissions[1].NoticedOn, b.Admissions[1].ExpectedOn = 0, expected }
	}
	for _, c := range []struct {
		name   string
		change func(*models.Book)
		kind   liaison.WorkKind
		want   []string // text and day
	}{
		{"a session of today", func(b *models.Book) { b.Sessions[0].On = 2026_11_22 }, liaison.WorkSession, []string{"きょうの共同指導 2026-11-22"}},
		{"not a session of yesterday or of the day after tomorrow", func(b *models.Book) { b.Sessions[0].On, b.Sessions[1].On = 2026_11_21, 2026_11_24 }, liaison.WorkSession, nil},

		{"papers from the day of the session", func(b *models.Book) {
			b.Sessions[2].On, b.Sessions[2].NotedOn, b.Sessions[2].PlanCopyOn = 2026_11_22, 0, 0
		}, liaison.WorkPapers, []string{"診療録への要点の記載 2026-11-22", "ケアプラン写しの依頼 2026-12-06"}},
		{"no papers before the session", func(b *models.Book) {
			b.Sessions[2].On, b.Sessions[2].NotedOn, b.Sessions[2].PlanCopyOn = 2026_11_23, 0, 0
		}, liaison.WorkPapers, nil},
		{"no papers for a session that earns nothing", func(b *models.Book) {
			b.Sessions[2].NotedOn, b.Sessions[2].PlanCopyOn, b.Sessions[2].PatientJoined = 0, 0, models.No
		}, liaison.WorkPapers, nil},
		{"a copy that was asked for", func(b *models.Book) {
			b.Sessions[2].PlanCopyOn, b.Sessions[2].PlanAskedOn = 0, 2026_11_21
		}, liaison.WorkPapers, []string{"ケアプラン写しの受領 2026-12-04"}},

		{"退院前の連絡 seven days ahead", noticeOn(2026_12_06), liaison.WorkDeadline, []string{"退院前の連絡（7日前まで） 2026-11-29"}},
		{"not eight days ahead", noticeOn(2026_12_07), liaison.WorkDeadline, nil},
		{"overdue 退院前の連絡 stays listed", noticeOn(2026_11_28), liaison.WorkDeadline, []string{"退院前の連絡（7日前まで） 2026-11-21"}},
		{"no 退院前の連絡 without a 退院見込日", noticeOn(0), liaison.WorkDeadline, nil},
		{"情報提供 for a patient admitted today", func(b *models.Book) { b.Admissions[1].AdmittedOn, b.Admissions[1].InformedOn = 2026_11_22, 0 },
			liaison.WorkDeadline, []string{"入院の情報提供（7日以内） 2026-11-28"}},
		{"情報提供 counted from the next day, seven days ahead", func(b *models.Book) {
			b.Admissions[1].AdmittedOn, b.Admissions[1].InformedOn = 2026_11_22, 0
			b.Settings = []models.Setting{{Key: "day_count", Value: "next_day"}}
		}, liaison.WorkDeadline, []string{"入院の情報提供（7日以内） 2026-11-29"}},
		{"情報提供 for a patient who leaves today", func(b *models.Book) { b.Admissions[1].InformedOn, b.Admissions[1].DischargedOn = 0, 2026_11_22 },
			liaison.WorkDeadline, []string{"入院の情報提供（7日以内） 2026-11-23"}},
		{"not for one who left yesterday", func(b *models.Book) { b.Admissions[1].InformedOn, b.Admissions[1].DischargedOn = 0, 2026_11_21 }, liaison.WorkDeadline, nil},
		{"not for a future admission", func(b *models.Book) { b.Admissions[1].InformedOn, b.Admissions[1].AdmittedOn = 0, 2026_11_23 }, liaison.WorkDeadline, nil},

		{"no 面会 missing after three days", func(b *models.Book) {
			b.Contacts = []models.Contact{{Number: "K1", On: 2026_04_01, Kind: models.FaceToFace, CareManager: "C1", Staff: []string{"S1"}}}
		}, liaison.WorkMenkai, nil},
		{"面会 of the last fiscal year does not count", func(b *models.Book) {
			b.Contacts = []models.Contact{{Number: "K1", On: 2026_03_31, Kind: models.FaceToFace, CareManager: "C1", Staff: []string{"S1"}}}
		}, liaison.WorkMenkai, []string{"今年度の面会 あと1回 2027-03-31"}},
		{"面会 of tomorrow does not count yet", func(b *models.Book) {
			b.Contacts = []models.Contact{{Number: "K1", On: 2026_11_23, Kind: models.FaceToFace, CareManager: "C1", Staff: []string{"S1"}}}
		}, liaison.WorkMenkai, []string{"今年度の面会 あと1回 2027-03-31"}},
		{"nothing is missing for an office that ended", func(b *models.Book) { b.Partners[0].EndedOn = 2026_11_22 }, liaison.WorkMenkai, nil},

		{"平時の連携 that lapses in thirty days", func(b *models.Book) { b.Meetings[0].HeldOn = 2025_12_22 }, liaison.WorkExpiring, []string{"平時の連携がまもなく切れます 2026-12-22"}},
		{"not in thirty-one", func(b *models.Book) { b.Meetings[0].HeldOn = 2025_12_23 }, liaison.WorkExpiring, nil},
		{"care manager of a patient admitted a year ago", func(b *models.Book) { onlyThird(b); b.Admissions[0].AdmittedOn = 2025_11_22 },
			liaison.WorkExpiring, []string{"平時の連携がまもなく切れます 2026-12-10"}},
		{"not of a patient admitted earlier", func(b *models.Book) { onlyThird(b); b.Admissions[0].AdmittedOn = 2025_11_21 }, liaison.WorkExpiring, nil},
		{"care manager of a patient admitted today", func(b *models.Book) { onlyThird(b); b.Admissions[0].AdmittedOn = 2026_11_22 },
			liaison.WorkExpiring, []string{"平時の連携がまもなく切れます 2026-12-10"}},
		{"not of a future patient", func(b *models.Book) { onlyThird(b); b.Admissions[0].AdmittedOn = 2026_11_23 }, liaison.WorkExpiring, nil},

		{"sessions of this month or September do not list October", func(b *models.Book) { b.Sessions[1].On, b.Sessions[1].AdmittedOn = 2026_11_01, 2026_10_01 }, liaison.WorkClosing, nil},
		{"nor does a session that earns nothing", func(b *models.Book) { b.Sessions[1].PatientJoined = models.No }, liaison.WorkClosing, nil},
		{"a month fully confirmed but not closed", func(b *models.Book) { b.Confirmations = []models.Confirmation{{Session: "G2"}} },
			liaison.WorkClosing, []string{"10月分の締め 2026-11-10"}},
		{"not a closed month", func(b *models.Book) {
			b.Closings = []models.Closing{{Month: 2026_10, Number: 1, ClosedAt: "2026-11-05T00:00:00Z"}}
		}, liaison.WorkClosing, nil},
		{"a re-opened month, even if fully confirmed", func(b *models.Book) {
			b.Confirmations = []models.Confirmation{{Session: "G2"}}
			b.Closings = []models.Closing{{Month: 2026_10, Number: 1, ClosedAt: "2026-11-05T00:00:00Z", ReopenedAt: "2026-11-06T00:00:00Z"}}
		}, liaison.WorkClosing, []string{"10月分の締め 2026-11-10"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			book := workBook()
			c.change(book)
			var got []string
			for _, w := range worklistOf(t, book) {
				if w.Kind == c.kind {
					got = append(got, w.Text+" "+w.Due.String())
				}
			}
			assert.Equal(t, c.want, got)
		})
	}
}

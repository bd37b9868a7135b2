package reports_test

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
	"renkei/reports"
	"renkei/reports/reportstest"
)

// fatal is what tests and rapid share.
type fatal interface {
	Helper()
	Errorf(string, ...any)
	FailNow()
}

// sheetsOf writes a report and reads every sheet of it.
func sheetsOf(t fatal, folder string, kind reports.Kind, r reports.Request) map[string][][]string {
	t.Helper()
	path := filepath.Join(folder, kind.Name+".xlsx")
	require.NoError(t, kind.Write(context.Background(), path, r))
	sheets, err := reportstest.Read(path, "")
	require.NoError(t, err)
	return sheets
}

// laterRecords adds records of days after the day: of everything the register
// keeps, and later dates where records of before are still blank.
func laterRecords(t *rapid.T, b *models.Book, after models.Date, fill bool) *models.Book {
	later := *b
	next := func(what string) models.Date {
		return after.AddDays(rapid.IntRange(1, 60).Draw(t, "days to "+what))
	}
	later.Partners = append(slices.Clone(b.Partners), models.Partner{Code: "P9", Name: "後から居宅", Kind: models.CareOffice, Address: "みらい県あとの市1", ConsultedOn: next("協議")})
	later.CareManagers = append(slices.Clone(b.CareManagers), models.CareManager{Code: "M8", Name: "後から", Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: next("共有")})
	later.Affiliations = append(slices.Clone(b.Affiliations), models.Affiliation{CareManager: "M8", Partner: "P9", From: next("所属")},
		models.Affiliation{CareManager: "M1", Partner: "P9", From: next("異動")})
	later.Staff = append(slices.Clone(b.Staff), models.Staff{Code: "S9", From: next("着任"), Name: "後任", Job: models.Nurse, Department: models.FullTime})
	later.Policies = append(slices.Clone(b.Policies), models.Policy{Edition: "次版", EffectiveOn: next("施行")})
	held := next("会議")
	later.Meetings = append(slices.Clone(b.Meetings), models.Meeting{Code: "K9", HeldOn: held, Name: "後の会議", Kind: models.MultiJobMeeting, ContactsShared: models.Yes})
	later.Attendances = append(slices.Clone(b.Attendances), models.Attendance{Meeting: "K9", Kind: models.AttendeeStaff, Code: "S1"},
		models.Attendance{Meeting: "K9", Kind: models.AttendeeCM, Code: "M1"}, models.Attendance{Meeting: "K9", Kind: models.AttendeeCM, Code: "M8"})
	later.Contacts = slices.Clone(b.Contacts)
	for i := range 3 {
		later.Contacts = append(later.Contacts, models.Contact{Number: fmt.Sprintf("Z%d", i), On: next("面会"), Kind: models.FaceToFace, Partner: booktest.OneOf(t, "at", "P1", "P2", "P9"),
			Staff: []string{"S1"}, PatientID: b.Admissions[0].PatientID, Purpose: "共同指導の日程"})
	}
	in := next("入院")
	later.Admissions = append(slices.Clone(b.Admissions), models.Admission{PatientID: "90000001", AdmittedOn: in, Name: "後 入", CareManager: "M1", ConsentedOn: in, ServiceSuitable: models.Yes, PatientWishes: models.Yes})
	later.WardStays = append(slices.Clone(b.WardStays), models.WardStay{PatientID: "90000001", AdmittedOn: in, From: in, Ward: "3A"})
	later.Sessions = append(slices.Clone(b.Sessions), models.JointGuidance{Number: "Z001", PatientID: "90000001", AdmittedOn: in, On: in.AddDays(2), Way: models.InPerson,
		Staff: []string{"D1", "S1"}, CareManager: "M1", Standing: models.PriorCareManager, PatientJoined: models.Yes, Claim: models.ClaimFee2})
	if fill {
		fillLater(&later, next)
	}
	return &later
}

// fillLater notes on records of before what happened after the day.
func fillLater(b *models.Book, next func(string) models.Date) {
	// Where the 取り決め decides, a later one would change what later sessions turn.
	decides := slices.Contains(b.Settings, models.Setting{Key: "require_local_agreement", Value: "true"})
	if p := &b.Partners[0]; p.AgreedOn == 0 && !decides {
		p.AgreedOn = next("取り決め")
	}
	for i := range b.CareManagers {
		if cm := &b.CareManagers[i]; cm.SharedOn == 0 {
			cm.CheckedOn = next("確認")
		}
	}
	for i := range b.Admissions {
		a := &b.Admissions[i]
		left := a.DischargedOn != 0
		for _, on := range []*models.Date{&a.DischargedOn, &a.InformedOn, &a.NoticedOn, &a.ReceivedOn} {
			if *on == 0 {
				*on = next("記録")
			}
		}
		// A stay that ended before a later session of it would change what that one
		// turns, which is marked and no matter of this law.
		for _, s := range b.Sessions {
			if s.Key() == a.Key() && !left {
				a.DischargedOn = max(a.DischargedOn, s.On)
			}
		}
	}
	for i := range b.Sessions {
		s := &b.Sessions[i]
		for _, on := range []*models.Date{&s.NotedOn, &s.PlanAskedOn, &s.PlanCopyOn} {
			if *on == 0 {
				*on = next("書類")
			}
		}
	}
}

// asked is a request for a report of a day, written some days later.
func asked(t fatal, b *models.Book, on, written models.Date) reports.Request {
	t.Helper()
	r, err := requestOf(b)
	require.NoError(t, err)
	r.AsOf, r.OutputOn, r.Month, r.Period = on, written, on.Month(), models.Period{From: on.AddMonths(-12), To: on}
	return r
}

// marked reports whether a workbook says that later sessions turned some: what it
// says then may change with them (TestWhatALaterSessionTurnsIsMarked).
func marked(sheets map[string][][]string) bool { return sheets["後の記録による判定"] != nil }

func TestAReportKnowsNothingOfLaterDays(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		kind := booktest.OneOf(t, "kind", reports.Kinds...)
		b := booktest.Random(t)
		on := booktest.OneOf(t, "as of", models.Date(2026_06_30), models.Date(2026_08_31), models.Date(2026_09_30), models.Date(2026_07_31))
		written := on.AddDays(70)
		before := sheetsOf(t, folder, kind, asked(t, b, on, written))
		// A month is billed by the papers of its sessions, whenever they came.
		after := sheetsOf(t, folder, kind, asked(t, laterRecords(t, b, on, kind.Basis != reports.ByMonth), on, written))
		if !marked(before) && !marked(after) {
			compared++
			require.Equal(t, before, after, kind.Name)
		}
	})
	require.Greater(t, compared, 50)
}

func TestASetPrintedAWeekLaterSaysTheSame(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		kind := booktest.OneOf(t, "kind", reports.Kinds...)
		b := booktest.Random(t)
		month := booktest.OneOf(t, "month", models.Month(2026_06), models.Month(2026_08), models.Month(2026_07))
		set := func(b *models.Book, written models.Date) (text string, turned bool) {
			r := asked(t, b, month.Last(), written).OfMonth()
			sheets := sheetsOf(t, folder, kind, r)
			var words strings.Builder
			for _, name := range slices.Sorted(maps.Keys(sheets)) {
				fmt.Fprintln(&words, name, sheets[name])
			}
			return strings.ReplaceAll(words.String(), "出力日 "+written.String(), "出力日"), marked(sheets)
		}
		first := month.Last().AddDays(2)
		before, turnedBefore := set(b, first)
		after, turnedAfter := set(laterRecords(t, b, month.Last(), false), first.AddDays(7))
		if !turnedBefore && !turnedAfter {
			compared++
			require.Equal(t, before, after, kind.Name)
		}
	})
	require.Greater(t, compared, 50)
}

func TestWhatALaterSessionTurnsIsMarked(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	turned := 0
	rapid.Check(t, func(t *rapid.T) {
		kind := booktest.OneOf(t, "kind", reports.Kinds...)
		b := booktest.Random(t)
		on := booktest.OneOf(t, "as of", models.Date(2026_07_31), models.Date(2026_09_30))
		later := *b
		later.Sessions = slices.Clone(b.Sessions)
		for i, a := range b.Admissions {
			later.Sessions = append(later.Sessions, models.JointGuidance{Number: fmt.Sprintf("Z%03d", i), PatientID: a.PatientID, AdmittedOn: a.AdmittedOn, On: max(a.AdmittedOn, on).AddDays(3),
				Way: models.InPerson, Staff: []string{"D1"}, CareManager: "M1", Standing: models.PriorCareManager, PatientJoined: models.Yes,
				Claim: booktest.OneOf(t, "claim", "", models.ClaimFee1, models.ClaimFee2)})
		}
		r := asked(t, &later, on, on.AddDays(70))
		then := *b
		then.Sessions = slices.DeleteFunc(slices.Clone(b.Sessions), func(s models.JointGuidance) bool { return s.On > on })
		of := asked(t, &then, on, on.AddDays(70))
		var want []string
		for _, v := range of.Verdicts {
			for _, now := range r.Verdicts {
				if now.Session.Number == v.Session.Number && (now.Code != v.Code || now.Points != v.Points) &&
					(kind.Basis != reports.ByMonth || v.Session.On.Month() == r.Month) {
					want = append(want, v.Session.Number)
				}
			}
		}
		turned += len(want)
		judges := []string{"monthly", "kasan1", "hokatsuki", "form40-9", "evidence", "handover", "coverage"}
		sheets := sheetsOf(t, folder, kind, r)
		var marked []string
		for _, row := range sheets["後の記録による判定"] {
			if len(row) > 3 && strings.HasPrefix(row[0], "G") {
				marked = append(marked, row[0])
			}
		}
		if !slices.Contains(judges, kind.Name) {
			require.Equal(t, sheetsOf(t, folder, kind, of), sheets, "%s shows no 判定", kind.Name)
			return
		}
		require.Subset(t, marked, want, kind.Name)
		for _, number := range marked { // the others are days of 多機関共同指導加算 that count or do not
			i := slices.IndexFunc(r.Verdicts, func(v fee.Verdict) bool { return v.Session.Number == number })
			require.True(t, slices.Contains(want, number) || r.Verdicts[i].Code == "7a", number)
		}
		if len(marked) == 0 && kind.Basis != reports.ByMonth {
			require.Equal(t, sheetsOf(t, folder, kind, of), sheets, kind.Name)
		}
	})
	assert.Positive(t, turned, "some were turned")
}

func TestADayToComeIsRefusedOrAForecast(t *testing.T) {
	t.Parallel()
	ahead := map[string]string{"kasan1": "実績と基準", "hokatsuki": "判定", "menkai": "集計", "relations": "台帳", "coverage": "加算1"}
	for _, kind := range reports.Kinds {
		t.Run(kind.Name, func(t *testing.T) {
			r := ask(t, func(r *reports.Request) { r.AsOf = 2026_12_31 })
			path := filepath.Join(t.TempDir(), "先.xlsx")
			err := kind.Write(context.Background(), path, r)
			if sheet, may := ahead[kind.Name]; may {
				require.NoError(t, err)
				assert.Contains(t, textOf(t, write(t, kind.Name, r), sheet), "2026-12-31 時点（見込）")
				return
			}
			if kind.Basis == reports.ByMonth {
				require.NoError(t, err)
				return
			}
			assert.Equal(t, models.Invalid, models.ErrorCode(err))
			assert.Contains(t, models.ErrorMessage(err), "今日（2026-11-22）までの日")
			_, err = os.Stat(path)
			assert.ErrorIs(t, err, os.ErrNotExist)
		})
	}
}

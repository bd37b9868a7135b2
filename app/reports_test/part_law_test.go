package reports_test

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/app/reporting"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/reports"
	"renkei/reports/reportstest"
)

// scatter spreads the records of a random register over years, so that a report
// of a month leaves most of them out and what it shows still hangs on some of
// them: long stays, sessions after the discharge, patients who come again, papers,
// claims and やり取り of other months than the session.
func scatter(t *rapid.T, b *models.Book) {
	some := func(what string) bool { return rapid.IntRange(0, 3).Draw(t, what) == 0 }
	on := func(what string) models.Date { return booktest.DayIn(t, what, "2026-05-01", 300) }
	for i := range b.Admissions {
		a := &b.Admissions[i]
		switch {
		case some("left early"): // some sessions come later
			a.DischargedOn = a.AdmittedOn.AddDays(3)
		case some("stays long"):
			a.DischargedOn = a.AdmittedOn.AddDays(400)
		}
		if some("consented late") {
			a.ConsentedOn = on("consented")
		}
		if some("not applied") {
			a.CareStatus = models.NotApplied
		}
	}
	for _, a := range slices.Clone(b.Admissions) {
		if a.DischargedOn == 0 || !some("again") {
			continue
		}
		again := a
		again.AdmittedOn, again.DischargedOn = a.DischargedOn.AddDays(booktest.OneOf(t, "back after", 1, 10, 200)), 0
		again.Name = "渡辺 再入"
		b.Admissions = append(b.Admissions, again)
		b.WardStays = append(b.WardStays, models.WardStay{PatientID: a.PatientID, AdmittedOn: again.AdmittedOn, From: again.AdmittedOn, Ward: "4B"})
		for range booktest.OneOf(t, "sessions again", 1, 2, 0) {
			s := models.JointGuidance{
				Number: fmt.Sprintf("R%03d", len(b.Sessions)), PatientID: a.PatientID, AdmittedOn: again.AdmittedOn, On: again.AdmittedOn.AddDays(booktest.OneOf(t, "on", 2, 5, 40)),
				Way: models.InPerson, Staff: []string{"D1", "S1"}, CareManager: "M2", Standing: models.PriorCareManager, PatientJoined: models.Yes,
			}
			if s.On >= models.RevisionDate {
				s.Claim = booktest.OneOf(t, "claim", "", models.ClaimFee2, models.ClaimFee1)
			}
			b.Sessions = append(b.Sessions, s)
		}
	}
	for i := range b.Sessions {
		s := &b.Sessions[i]
		if some("papers late") {
			s.NotedOn, s.PlanCopyOn = on("noted"), on("copied")
		}
		if some("claimed in another month") {
			s.ClaimMonth = s.On.Month().Add(booktest.OneOf(t, "months on", 1, 2, -1))
		}
	}
	b.Policies = append(b.Policies, models.Policy{Edition: "第2版", EffectiveOn: on("in force"), AnnouncedOn: on("announced"), Within7Days: models.Yes, Before7Days: models.Yes, Encourages: models.Yes})
	b.Affiliations = append(b.Affiliations, models.Affiliation{CareManager: booktest.OneOf(t, "who", "M1", "M2", "M3"), Partner: "P3", From: on("moved")})
	b.Partners = append(b.Partners, models.Partner{Code: "P4", Name: "かもめ居宅", Kind: models.CareOffice, Address: "みらい県あとの市4", ConsultedOn: booktest.OneOf(t, "consulted", 0, models.Date(2026_12_01))})
	for i := range rapid.IntRange(0, 8).Draw(t, "of years") {
		c := models.Contact{Number: fmt.Sprintf("N%d", i), On: booktest.DayIn(t, "years", "2024-01-01", 1200), Kind: booktest.OneOf(t, "kind", models.FaceToFace, models.PhoneCall),
			Partner: booktest.OneOf(t, "at", "P1", "P3", "P4"), CareManager: booktest.OneOf(t, "with", "", "M1", "M2"), Staff: []string{"S1"}}
		if some("about a patient") {
			c.PatientID = b.Admissions[rapid.IntRange(0, len(b.Admissions)-1).Draw(t, "of")].PatientID
		}
		b.Contacts = append(b.Contacts, c)
	}
	if some("routine") {
		booktest.Set(b, "routine_contact_can_substitute", "true")
	}
}

// longAgo adds two patients of years ago: one still in hospital, with sessions then and
// now and an やり取り in between, and one who left soon and whose papers came late.
func longAgo(t *rapid.T, b *models.Book) {
	add := func(id string, in, left models.Date, sessions ...models.Date) {
		b.Admissions = append(b.Admissions, models.Admission{PatientID: id, AdmittedOn: in, DischargedOn: left, Name: "昔 入", ServiceSuitable: models.Yes, PatientWishes: models.Yes, ConsentedOn: in, CareManager: "M1"})
		b.WardStays = append(b.WardStays, models.WardStay{PatientID: id, AdmittedOn: in, From: in, Ward: "3A"})
		for i, on := range sessions {
			s := models.JointGuidance{Number: fmt.Sprintf("L%s%d", id[6:], i), PatientID: id, AdmittedOn: in, On: on, Way: models.InPerson, Staff: []string{"D1", "S1"},
				CareManager: "M1", Standing: models.PriorCareManager, PatientJoined: models.Yes, DoctorsOrder: models.Yes,
				NotedOn: booktest.DayIn(t, "noted late", "2026-05-01", 300), PlanCopyOn: on.AddDays(3), Claim: booktest.OneOf(t, "claim then", "", models.ClaimLegacy)}
			if on >= models.RevisionDate {
				s.Claim = booktest.OneOf(t, "claim now", "", models.ClaimFee2, models.ClaimFee1)
			}
			b.Sessions = append(b.Sessions, s)
		}
	}
	now := func() models.Date { return booktest.DayIn(t, "now", "2026-06-01", 300) }
	first := booktest.OneOf[models.Date](t, "years ago", 2023_04_20, 2025_09_10)
	add("90000001", first, 0, first.AddDays(4), now(), now())
	add("90000002", 2024_03_10, 2024_04_02, 2024_03_20)
	b.Contacts = append(b.Contacts, models.Contact{Number: "L1", On: first.AddDays(30), Kind: models.PhoneCall, CareManager: "M1", Staff: []string{"W1"}, PatientID: "90000001"})
}

// closeAndChange confirms and closes a month, and changes some of it later.
func closeAndChange(t *rapid.T, a *app.App, b *models.Book) {
	ctx, month := context.Background(), booktest.OneOf[models.Month](t, "closed", 2026_06, 2026_07, 2026_08)
	whole, err := a.Judged(ctx, models.Part{Whole: true})
	require.NoError(t, err)
	for _, v := range whole.Month(month) {
		if v.Confirmable() {
			_, err := a.Confirm(ctx, month, []app.Seen{{Number: v.Session.Number, Result: v.Result, Points: v.Points}})
			require.NoError(t, err)
		}
	}
	if len(whole.Month(month)) == 0 {
		return
	}
	_, err = a.CloseMonth(ctx, month)
	require.NoError(t, err)
	if rapid.Bool().Draw(t, "one is deleted") { // its patient may have no other in the month
		_, _ = a.Do(ctx, "削除", app.Remove(whole.Month(month)[0].Session))
	}
	for range rapid.IntRange(0, 3).Draw(t, "changes") {
		s := b.Sessions[rapid.IntRange(0, len(b.Sessions)-1).Draw(t, "which")]
		how := rapid.IntRange(0, 3).Draw(t, "how")
		switch how {
		case 0:
			s.On = booktest.DayIn(t, "moved to", "2026-05-01", 200)
		case 1:
			s.Staff = []string{"D1"}
		case 2:
			s.ClaimMonth = month
		}
		step := app.Put(s)
		if how == 3 {
			step = app.Remove(s)
		}
		_, _ = a.Do(ctx, "変更", step) // one that the register refuses changes nothing
	}
}

// drawChoice draws what is asked of a report: earlier days and days to come,
// short and long periods, the whole hospital and one record.
func drawChoice(t *rapid.T, kind reports.Kind, b *models.Book) (today models.Date, c reports.Choice) {
	today = booktest.OneOf[models.Date](t, "today", 2026_08_20, 2026_11_22, 2027_05_01)
	c.Month = booktest.OneOf[models.Month](t, "month", 2026_06, 2026_07, 2026_08, 2026_05, 2026_10)
	if rapid.Bool().Draw(t, "of a day") {
		c.AsOf = booktest.OneOf[models.Date](t, "as of", 2026_06_30, 2026_08_10, 2026_05_31, 2027_04_15, 2026_10_01)
	}
	if rapid.Bool().Draw(t, "of a period") {
		c.Period.From = booktest.OneOf[models.Date](t, "from", 2026_06_01, 2026_04_01, 2025_04_01, 2026_08_15)
		c.Period.To = c.Period.From.AddDays(booktest.OneOf(t, "length", 30, 364, 60))
	}
	if kind.KeyName != "" && rapid.IntRange(0, 2).Draw(t, "one") == 0 {
		a := b.Admissions[rapid.IntRange(0, len(b.Admissions)-1).Draw(t, "admission")]
		c.Key = map[string]string{"入院": a.Key().String(), "職員": "S1", "連携先": "P2", "会議": "K1", "連携先・CM": booktest.OneOf(t, "key", "P1", "M1", "P3")}[kind.KeyName]
		if rapid.IntRange(0, 9).Draw(t, "unknown") == 0 {
			c.Key = "ない"
		}
	}
	if kind.Narrows {
		c.Ward, c.Area = booktest.OneOf(t, "ward", "", "", "3A", "4B"), booktest.OneOf(t, "area", "", "", "みなと市", "あとの市")
	}
	return today, c
}

// written is what a report says, or why it says nothing.
func written(path string, kind reports.Kind, r reports.Request) (sheets map[string][][]string, said string) {
	if err := kind.Check(r); err != nil {
		return nil, models.ErrorMessage(err)
	}
	if err := kind.Write(context.Background(), path, r); err != nil {
		return nil, models.ErrorMessage(err)
	}
	sheets, err := reportstest.Read(path, "")
	if err != nil {
		return nil, err.Error()
	}
	return sheets, ""
}

// kindsAtOnce is how many reports are made of one register, each kind in turn.
const kindsAtOnce = 3

func TestAReportOfItsPartSaysWhatItSaysOfTheWholeRegister(t *testing.T) {
	t.Parallel()
	folder, n, next := t.TempDir(), 0, 0
	made, smaller := map[string]int{}, map[string]int{}
	ctx := context.Background()
	rapid.Check(t, func(r *rapid.T) {
		n++
		a, err := app.Open(ctx, apptest.Config(filepath.Join(folder, fmt.Sprint(n), app.UsualName)))
		require.NoError(r, err)
		defer func() { require.NoError(r, a.Close()) }()
		book := booktest.Random(r)
		scatter(r, book)
		if rapid.Bool().Draw(r, "of years ago") {
			longAgo(r, book)
		}
		apptest.Record(r, a, book)
		if rapid.Bool().Draw(r, "a month is closed") {
			closeAndChange(r, a, book)
		}
		whole, err := a.Judged(ctx, models.Part{Whole: true})
		require.NoError(r, err)
		for range kindsAtOnce {
			kind := reports.Kinds[next%len(reports.Kinds)]
			next++
			today, choice := drawChoice(r, kind, book)
			of := reporting.RequestOf(whole, today, choice)
			of.AfterClosings, err = a.AfterClosing(ctx, of.Month)
			require.NoError(r, err)
			frame, err := reporting.Request(ctx, a, today, choice)
			require.NoError(r, err)
			got, err := reporting.Gather(a)(ctx, kind, frame)
			require.NoError(r, err)

			contents, err := reporting.Contents(ctx, a, kind, frame)
			require.NoError(r, err)
			require.Equal(r, kind.Contents(of), contents, "%s of %+v on %s", kind.Name, choice, today)
			path := filepath.Join(folder, "帳票.xlsx")
			want, why := written(path, kind, of)
			sheets, said := written(path, kind, got)
			require.Equal(r, why, said, "%s of %+v on %s", kind.Name, choice, today)
			for name := range want {
				require.Equal(r, want[name], sheets[name], "%s of %+v on %s: %s", kind.Name, choice, today, name)
			}
			require.Len(r, sheets, len(want), kind.Name)
			if want != nil {
				made[kind.Name]++
			}
			if records(got.Facts.Book) < records(of.Facts.Book) {
				smaller[kind.Name]++
			}
		}
	})
	for _, kind := range reports.Kinds {
		assert.Positive(t, made[kind.Name], "%s was made", kind.Name)
		assert.Positive(t, smaller[kind.Name], "%s was made of less than the register", kind.Name)
	}
}

func records(b *models.Book) int { return len(b.Admissions) + len(b.Sessions) + len(b.Contacts) }

package liaison_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

func TestAnOutlookSaysWhichWayItTurnsAndWhen(t *testing.T) {
	turned := liaison.Outlook{Count: 23, Threshold: 2205, On: 2027_02_03, Until: 2027_11_22}
	stays := liaison.Outlook{Until: 2027_11_22}
	met := func(o liaison.Outlook) liaison.Outlook { o.Fulfilled = true; return o }
	for want, o := range map[string]liaison.Outlook{
		"2027-11-22 まで充足が続く見込み":             met(stays),
		"2027-02-03 に下回る見込み（23回、基準 22.05）":  met(turned),
		"2027-11-22 までには充足しない見込み":           stays,
		"2027-02-03 に充足する見込み（23回、基準 22.05）": turned,
	} {
		assert.Equal(t, want, o.Words())
	}
	assert.Equal(t, "0.05", liaison.Hundredths(5))
}

func TestInstitutionsAreSaidWithWhatIsMissing(t *testing.T) {
	both := liaison.Asked{Medical: true, Care: true}
	for want, p := range map[string]liaison.Partners25{
		"24か所　あと1か所":      {Met: 24, Short: 1},
		"26か所　要件に達しています":  {Met: 26},
		"26か所　医療機関があと1か所": {Met: 26, Asked: both, Care: 5},
		"20か所　あと5か所　医療機関があと1か所　介護・障害があと2か所": {Met: 20, Short: 5, Asked: both, Care: 3},
	} {
		assert.Equal(t, want, p.Words())
	}
	assert.Equal(t, "間に合いません", liaison.PartnerStanding{StartBy: 2027_03_29, Late: true}.By())
	assert.Equal(t, "2027-03-29", liaison.PartnerStanding{StartBy: 2027_03_29}.By())
	assert.Empty(t, liaison.PartnerStanding{}.By())
}

func TestAnActionIsSaidShortAndInFull(t *testing.T) {
	f := fee.NewFacts(&models.Book{CareManagers: []models.CareManager{{Code: "M1", Name: "佐藤健一"}, {Code: "M2"}}}, fee.DefaultParams())
	for name, c := range map[string]struct {
		action        liaison.Action
		short, inFull string
	}{
		"a meeting of several": {
			liaison.Action{Kind: liaison.ActMeeting, People: []string{"M1", "M2", "M3"}, On: 2026_08_21},
			"会議: 佐藤健一ほか2名", "会議: 佐藤健一・M2・M3　2026-08-21までに",
		},
		"a meeting of one": {liaison.Action{Kind: liaison.ActMeeting, People: []string{"M1"}}, "会議: 佐藤健一", "会議: 佐藤健一"},
		"contacts of an office": {
			liaison.Action{Kind: liaison.ActShare, Name: "さくら居宅", People: []string{"M1"}}, "連絡先の共有: さくら居宅", "連絡先の共有: 佐藤健一",
		},
		"a filing":     {liaison.Action{Kind: liaison.ActFiling, Name: "3階東", On: 2026_09_01}, "加算1の届出: 3階東", "加算1の届出: 3階東　2026-09-01までに"},
		"the policy":   {liaison.Action{Kind: liaison.ActPolicy}, "規程の3項目と周知", "規程の3項目と周知"},
		"somebody":     {liaison.Action{Kind: liaison.ActAttend}, "部門の担当者の同席", "部門の担当者の同席"},
		"an agreement": {liaison.Action{Kind: liaison.ActAgreement, Name: "さくら居宅"}, "取り決め: さくら居宅", "取り決め: さくら居宅"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.short, c.action.Words(f))
			assert.Equal(t, c.inFull, c.action.Detail(f))
		})
	}
}

func TestSilencesDivideTheInstitutionsByDays(t *testing.T) {
	bounds := map[string][2]int{"30日未満": {0, 29}, "30〜59日": {30, 59}, "60〜89日": {60, 89}, "90〜179日": {90, 179}, "180日以上": {180, 99999}}
	rapid.Check(t, func(t *rapid.T) {
		const asOf models.Date = 2026_11_22
		var list []liaison.Activity
		active := 0
		for range rapid.IntRange(0, 30).Draw(t, "partners") {
			a := liaison.Activity{Active: rapid.Bool().Draw(t, "active")}
			if rapid.Bool().Draw(t, "ever") {
				a.LastOn = asOf.AddDays(-rapid.IntRange(0, 400).Draw(t, "days"))
			}
			if list = append(list, a); a.Active {
				active++
			}
		}
		steps := liaison.Silences(list, asOf)
		quiet := 0
		for i, s := range steps {
			assert.Equal(t, i < len(steps)-1, s.Ever)
			for _, a := range s.Partners {
				assert.True(t, a.Active)
				if !s.Ever {
					assert.Zero(t, a.LastOn)
				} else {
					days := a.LastOn.DaysUntil(asOf)
					assert.True(t, bounds[s.Words][0] <= days && days <= bounds[s.Words][1], "%d days in %s", days, s.Words)
				}
			}
			active -= len(s.Partners)
			if i >= 3 {
				quiet += len(s.Partners)
			}
		}
		assert.Zero(t, active, "each institution stands once")
		assert.Len(t, liaison.NotContacted(list, asOf, liaison.QuietDays), quiet)
	})
}

func TestPatientsAreGatheredByTheirCareManager(t *testing.T) {
	first, second := &models.CareManager{Code: "M1"}, &models.CareManager{Code: "M2"}
	list := []liaison.Unready{{CareManager: first}, {CareManager: first}, {CareManager: second}}
	assert.Equal(t, [][]liaison.Unready{list[:2], list[2:]}, liaison.ByCareManager(list))
	assert.Empty(t, liaison.ByCareManager(nil))
}

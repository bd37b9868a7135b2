package fee_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
)

func TestAHoldLeadsToTheRecordAtFault(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*models.Book)
		want   []fee.Mending
	}{
		{"no partner", session(func(s *models.JointGuidance) { s.CareManager = "" }), []fee.Mending{{"共同指導", "G1", "CMコード"}}},
		{"no day and no way", session(func(s *models.JointGuidance) { s.On, s.Way = 0, "" }), []fee.Mending{{"共同指導", "G1", "指導日"}, {"共同指導", "G1", "方法"}}},
		{"a partner nobody registered", session(func(s *models.JointGuidance) { s.CareManager = "M9" }), []fee.Mending{{"共同指導", "G1", "CMコード"}}},
		{"the partner came to the office later", func(b *models.Book) { b.Affiliations[0].From = day("2026-10-01") },
			[]fee.Mending{{"所属履歴", "M1/P1/2026-10-01", "開始日"}}},
		{"the partner had left", func(b *models.Book) { b.Affiliations[0].To = day("2026-09-09") },
			[]fee.Mending{{"所属履歴", "M1/P1/2024-04-01", "終了日"}}},
		{"the partner works nowhere", func(b *models.Book) { b.Affiliations = nil }, []fee.Mending{{"所属履歴", "M1", ""}}},
		{"of two periods the nearer one", func(b *models.Book) {
			b.Affiliations[0].From, b.Affiliations[0].To = day("2026-01-01"), day("2026-09-01")
			b.Affiliations = append(b.Affiliations, models.Affiliation{CareManager: "M1", Partner: "P1", From: day("2026-09-12")})
		}, []fee.Mending{{"所属履歴", "M1/P1/2026-09-12", "開始日"}}},
		{"no ward", func(b *models.Book) { b.WardStays = nil }, []fee.Mending{{Kind: "病棟履歴", Key: stayKey}}},
		{"the ward was closed", func(b *models.Book) { b.Wards[0].ValidTo = day("2026-09-09") },
			[]fee.Mending{{"病棟", "3A/2025-01-01", "有効終了"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, c.change)
			require.Equal(t, fee.Pending, v.Result)
			assert.Equal(t, c.want, v.Holds)
		})
	}
}

const stayKey = patient + "/2026-09-01"

func TestAConditionNotMetLeadsToItsRecordAndField(t *testing.T) {
	for _, c := range []struct {
		id     string
		change func(*models.Book)
		want   fee.Mending
	}{
		{"4", admission(func(a *models.Admission) { a.PatientWishes = models.No }), fee.Mending{Kind: "入院", Key: stayKey, Field: "本人の希望"}},
		{"4", admission(func(a *models.Admission) { a.ConsentedOn = 0 }), fee.Mending{Kind: "入院", Key: stayKey, Field: "同意日"}},
		{"5a", func(b *models.Book) { b.CareManagers[0].CanPlan = models.No }, fee.Mending{Kind: "介護支援専門員", Key: "M1", Field: "ケアプラン作成可"}},
		{"5b", session(func(s *models.JointGuidance) { s.Standing = "" }), fee.Mending{Kind: "共同指導", Key: "G1", Field: "相手の立場"}},
		{"6a", session(func(s *models.JointGuidance) { s.PatientJoined = models.No }), fee.Mending{Kind: "共同指導", Key: "G1", Field: "患者参加"}},
		{"6a", session(func(s *models.JointGuidance) { s.Way = models.ByDocument }), fee.Mending{Kind: "共同指導", Key: "G1", Field: "方法"}},
		{"11c", func(b *models.Book) { b.Policies[0].AnnouncedOn = 0 }, fee.Mending{Kind: "規程", Key: "第1版", Field: "周知日"}},
		{"11c", func(b *models.Book) { b.Policies[0].Encourages = models.No }, fee.Mending{Kind: "規程", Key: "第1版", Field: "未申請者への勧奨"}},
		{"11c", func(b *models.Book) { b.Policies = nil }, fee.Mending{Kind: "規程"}},
		{"11d", noMeetings, fee.Mending{Kind: "会議"}},
		{"11f", func(b *models.Book) {
			b.Partners[0].AgreedOn = 0
			b.Settings = append(b.Settings, models.Setting{Key: "require_local_agreement", Value: "true"})
		}, fee.Mending{Kind: "連携先", Key: "P1", Field: "取り決め日"}},
	} {
		t.Run(c.id+" "+c.want.Field, func(t *testing.T) {
			for _, condition := range judge(t, c.change).Conditions {
				if condition.ID == c.id {
					require.Equal(t, fee.NotMet, condition.State)
					assert.Equal(t, c.want, condition.Mend)
				}
			}
		})
	}
}

// TestEveryMarkButMetLeadsToARecordThatIsThere: × and 判定保留 name a record,
// and a key names a registered one.
func TestEveryMarkButMetLeadsToARecordThatIsThere(t *testing.T) {
	rules := rules(t)
	rapid.Check(t, func(t *rapid.T) {
		b := booktest.Random(t)
		params, _ := fee.ParamsOf(b.Settings)
		f := fee.NewFacts(b, params)
		for _, v := range booktest.Judge(t, f, rules) {
			require.Equal(t, v.Result == fee.Pending, len(v.Holds) > 0)
			for _, m := range v.Holds {
				require.True(t, registered(b, m), "%v", m)
			}
			for _, c := range v.Conditions {
				switch {
				case c.State == fee.Met:
					require.Zero(t, c.Mend, c.ID)
				case c.State == fee.NotMet || v.Result == fee.Pending && c.Mend != fee.Mending{}:
					require.True(t, registered(b, c.Mend), "%s %v", c.ID, c.Mend)
				}
			}
		}
	})
}

// registered reports whether the book has the record.
func registered(b *models.Book, m fee.Mending) bool {
	if m.Key == "" {
		return m.Kind == "会議" || m.Kind == "規程" || m.Kind == "病棟" || m.Kind == "職員"
	}
	keys := map[string]bool{}
	switch m.Kind {
	case "共同指導":
		for _, s := range b.Sessions {
			keys[s.Number] = true
		}
	case "入院", "病棟履歴":
		for _, a := range b.Admissions {
			keys[a.Key().String()] = true
		}
	case "病棟":
		for _, w := range b.Wards {
			keys[w.Code+"/"+w.ValidFrom.String()] = true
		}
	case "職員":
		for _, s := range b.Staff {
			keys[s.Code+"/"+s.From.String()] = true
		}
	case "規程":
		for _, p := range b.Policies {
			keys[p.Edition] = true
		}
	case "連携先":
		for _, p := range b.Partners {
			keys[p.Code] = true
		}
	case "介護支援専門員":
		for _, c := range b.CareManagers {
			keys[c.Code] = true
		}
	case "所属履歴":
		for _, a := range b.Affiliations {
			keys[a.CareManager+"/"+a.Partner+"/"+a.From.String()] = true
			keys[a.CareManager] = true
		}
	}
	return keys[m.Key]
}

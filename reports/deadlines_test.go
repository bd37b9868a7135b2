package reports

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
	"renkei/models/liaison"
)

func TestADeadlineOfAListIsOverdueFromTheDayAfterIt(t *testing.T) {
	for _, c := range []struct {
		by   models.Date
		tone tone
		left string
	}{{2026_11_21, toneRefused, "1日超過"}, {2026_11_22, toneNormal, "今日まで"}, {2026_11_23, toneNormal, "あと1日"}, {0, toneNormal, ""}} {
		assert.Equal(t, c.tone, overdueTone(2026_11_22, c.by), c.by)
		assert.Equal(t, c.left, daysLeft(2026_11_22, c.by))
	}
	due := func(keys ...liaison.Work) (days []models.Date) {
		for _, w := range keys {
			days = append(days, w.Due)
		}
		return days
	}
	overdue, next := overdueAndNext([]liaison.Work{{Due: 2026_11_23}, {Due: 2026_11_22}, {Due: 2026_11_21}, {}}, 2026_11_22)
	assert.Equal(t, []models.Date{2026_11_21}, due(overdue...))
	assert.Equal(t, []models.Date{2026_11_23, 2026_11_22, 0}, due(next...))
}

func TestARelationAtItsBounds(t *testing.T) {
	facts := fee.NewFacts(&models.Book{}, fee.DefaultParams())
	r := &Request{AsOf: 2026_11_22, Facts: facts}
	relationOf := func(until, checked models.Date) *relation {
		return &relation{cm: &models.CareManager{CanPlan: models.Yes, CheckedOn: checked}, office: &models.Partner{AgreedOn: 2026_01_01},
			peacetime: fee.Peacetime{Ready: true, LastsUntil: until}}
	}
	t.Run("平時の連携 ends soon within thirty days", func(t *testing.T) {
		assert.True(t, relationOf(2026_12_22, 0).endsSoon(r))
		assert.False(t, relationOf(2026_12_23, 0).endsSoon(r))
		assert.False(t, relationOf(0, 0).endsSoon(r), "without a limit it does not")
	})
	t.Run("contacts are stale after more than twelve months", func(t *testing.T) {
		assert.Empty(t, relationOf(0, 2025_11_22).toCheck(r))
		assert.Equal(t, "連絡先の確認 12か月超", relationOf(0, 2025_11_21).toCheck(r))
		assert.Empty(t, relationOf(0, 0).toCheck(r))
	})
	t.Run("a 会議 of the day itself is not evidence yet", func(t *testing.T) {
		judge := func(on models.Date) relationMeeting {
			book := &models.Book{
				Staff:    []models.Staff{{Code: "S1", From: 2020_04_01, Department: models.FullTime}},
				Meetings: []models.Meeting{{Code: "K1", HeldOn: on, Kind: models.MultiJobMeeting}},
				Attendances: []models.Attendance{
					{Meeting: "K1", Kind: models.AttendeeStaff, Code: "S1"}, {Meeting: "K1", Kind: models.AttendeeCM, Code: "C1"}},
			}
			rm := relationMeeting{meeting: &book.Meetings[0], department: []string{"渡邉"}, attended: true,
				relation: &relation{cm: &models.CareManager{Code: "C1"}, office: &models.Partner{Code: "P1"}}}
			rm.judge(&Request{AsOf: r.AsOf, Facts: fee.NewFacts(book, fee.DefaultParams())}, false)
			return rm
		}
		assert.True(t, judge(2026_11_21).counts)
		assert.False(t, judge(2026_11_22).counts)
		assert.Equal(t, "基準日より前ではありません", judge(2026_11_22).why)
		assert.NotEqual(t, "基準日より前ではありません", judge(2026_11_21).why)
	})
}

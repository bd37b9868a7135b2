package partners

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/models"
)

func TestAWrongPeriodAtAnOfficeIsCorrected(t *testing.T) {
	b := openSample(t)
	was := sampleIndex(t, b.App).jobsOf["C001"][0]
	jobs := func() []models.Affiliation { return sampleIndex(t, b.App).jobsOf["C001"] }
	b.Open(toPerson("C001"))

	test.Tap(b.button("所属を直す"))
	require.NotNil(t, b.Editor())
	assert.Contains(t, b.shows(), "山口 美穂さんの所属を直す")
	b.Press(fyne.KeyTab) // past the office, filled in
	b.Shell.Canvas().Focused().(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
	b.Type("2023-04-01")
	b.CtrlS()
	require.Nil(t, b.Editor(), b.shows())
	require.Len(t, jobs(), 1, "the wrong row is gone")
	assert.Equal(t, models.Affiliation{CareManager: "C001", Partner: was.Partner, From: 2023_04_01, To: was.To, Version: jobs()[0].Version}, jobs()[0])

	b.Shell.Undo()
	require.Len(t, jobs(), 1)
	assert.Equal(t, was.From, jobs()[0].From)

	// A row that should never have been there.
	b.Open(toPerson("C001"))
	test.Tap(b.button("所属を直す"))
	b.Press(fyne.KeyTab, fyne.KeyTab, fyne.KeyTab)
	b.Type(" ")
	b.CtrlS()
	require.Nil(t, b.Editor(), b.shows())
	assert.Empty(t, jobs())
	b.Shell.Undo()
	assert.Len(t, jobs(), 1)
	assert.Empty(t, b.Shell.Errors)
}

func TestCorrectionFaults(t *testing.T) {
	on := models.MustDate
	first := models.Affiliation{CareManager: "C1", Partner: "P1", From: on("2020-04-01"), To: on("2022-03-31"), Version: 1}
	again := models.Affiliation{CareManager: "C1", Partner: "P1", From: on("2024-04-01"), Version: 3}
	other := models.Affiliation{CareManager: "C1", Partner: "P2", From: on("2022-04-01"), To: on("2024-03-31"), Version: 1}
	jobs := []models.Affiliation{again, other, first}
	for name, c := range map[string]struct {
		from, to string
		partner  string
		field    string
	}{
		"another first day":                        {"2024-05-01", "", "P1", ""},
		"beside another office, as some work":      {"2023-04-01", "", "P1", ""},
		"over the earlier time at the same office": {"2022-03-31", "", "P1", "開始日"},
		"at the other office at once":              {"2024-03-31", "", "P2", "開始日"},
		"no office":                                {"2024-04-01", "", "", "連携先コード"},
		"no first day":                             {"", "", "P3", "開始日"},
		"a first day that is a slip":               {"2062-04-01", "", "P3", "開始日"},
		"an end before the start":                  {"2024-04-01", "2024-03-31", "P3", "終了日"},
	} {
		t.Run(name, func(t *testing.T) {
			now := again
			now.Partner, now.From, now.To = c.partner, 0, 0
			if c.from != "" {
				now.From = on(c.from)
			}
			if c.to != "" {
				now.To = on(c.to)
			}
			problems := CorrectionFaults(jobs, again, now, on("2026-11-22"))
			if c.field == "" {
				assert.Empty(t, problems)
				return
			}
			require.Len(t, problems, 1)
			assert.Equal(t, c.field, problems[0].Field)
		})
	}
}

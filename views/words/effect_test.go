package words_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"renkei/models"
	"renkei/models/fee"
	"renkei/views/words"
)

func TestWhatIsClosedIsComparedWithWhatTheClosingKept(t *testing.T) {
	book := &models.Book{
		Closings: []models.Closing{{Month: 2026_10, Number: 1, ClosedBy: "医事 花子", ClosedAt: "2026-11-01T00:00:00Z"}},
		ClosedVerdicts: []models.ClosedVerdict{
			{Month: 2026_10, Number: 1, Session: "G1", On: 2026_10_13, Result: "指導料2", Points: 500},
			{Month: 2026_10, Number: 1, Session: "G2", On: 2026_10_14, Result: "指導料1", Points: 400},
		},
	}
	for name, c := range map[string]struct {
		number  string
		points  int
		want    string
		differs bool
	}{
		"as it was closed":                                    {"G1", 500, "締め済み（2026-10）", false},
		"judged differently since":                            {"G1", 0, "締め済み（2026-10）。いまの判定は 算定不可 500→0点", true},
		"of another session with a closed verdict of its own": {"G2", 400, "締め済み（2026-10）", false},
		"not in the month when it was closed":                 {"G3", 500, "締め済み（2026-10）", false},
	} {
		t.Run(name, func(t *testing.T) {
			v := &fee.Verdict{Session: models.JointGuidance{Number: c.number, On: 2026_10_13}, Result: fee.NotBillable, Points: c.points}
			text, differs := words.BoundNow(book, v)
			assert.Equal(t, c.want, text)
			assert.Equal(t, c.differs, differs)
		})
	}
}

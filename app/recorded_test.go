package app_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/booktest"
)

func TestARecordedPartFollowsWhatMovesTheLatest(t *testing.T) {
	met := func(number string, on models.Date) models.Contact {
		return models.Contact{Number: number, On: on, Kind: models.FaceToFace, Partner: "P1", Staff: []string{"S1"}}
	}
	tests := map[string]struct {
		part             models.Part
		step             app.Step
		sessions, others []string
	}{
		"a care manager registered after the session": {
			models.Part{Before: 2026_08_01}, app.Put(models.CareManager{Code: "M9", Name: "林 空", Qualification: models.QualifiedCM}), []string{"G1"}, []string{"K4"},
		},
		"a 面会 the day before":            {models.Part{Met: 2026_08_01}, app.Put(met("K3", 2026_07_31)), nil, []string{"K3"}},
		"a 面会 on the day":                {models.Part{Met: 2026_08_01}, app.Put(met("K3", 2026_08_01)), nil, []string{"K2"}},
		"the dealing the day before":     {models.Part{Before: 2026_08_01}, app.Put(met("K3", 2026_07_31)), nil, []string{"K3"}},
		"one of both, before the later":  {models.Part{Before: 2026_06_01, Met: 2026_08_01}, app.Put(met("K3", 2026_07_01)), nil, []string{"K1", "K3"}},
		"someone of ours who was nobody": {models.Part{Met: 2026_07_15}, app.Put(models.Staff{Code: "D1", From: 2026_04_01, Name: "高橋誠", Job: models.Doctor, Department: models.Dedicated}), nil, []string{"K4"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			ctx, a, book := context.Background(), apptest.Empty(t), booktest.Hospital()
			book.Admissions = []models.Admission{{PatientID: "00000001", AdmittedOn: 2026_06_10, Name: "渡辺茂"}}
			book.Sessions = []models.JointGuidance{{Number: "G1", PatientID: "00000001", AdmittedOn: 2026_06_10, On: 2026_06_20, CareManager: "M9"}}
			byDoctor := met("K4", 2026_07_10)
			byDoctor.Staff = []string{"D1"}
			book.Contacts = []models.Contact{met("K1", 2026_05_31), met("K2", 2026_06_30), byDoctor}
			apptest.Record(t, a, book)
			was, err := a.Recorded(ctx, tt.part, nil)
			require.NoError(t, err)
			_, err = a.Do(ctx, "変更", tt.step)
			require.NoError(t, err)
			now, err := a.Recorded(ctx, tt.part, was)
			require.NoError(t, err)
			var sessions, contacts []string
			for _, s := range now.Facts.Book.Sessions {
				sessions = append(sessions, s.Number)
			}
			for _, c := range now.Facts.Book.Contacts {
				contacts = append(contacts, c.Number)
			}
			assert.Equal(t, tt.sessions, sessions)
			assert.Equal(t, tt.others, contacts)
		})
	}
}

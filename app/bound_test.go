package app_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/fee"
)

// A 確定 rests on its 共同指導 and 入院. They can be deleted after it, in the same
// edit too.
func TestWhatA確定RestsOnIsNotDeleted(t *testing.T) {
	ctx := context.Background()
	for name, c := range map[string]struct {
		remove func(f *fee.Facts, session models.JointGuidance) []app.Step
		want   string
	}{
		"共同指導": {func(_ *fee.Facts, session models.JointGuidance) []app.Step {
			return []app.Step{app.Remove(session)}
		}, "共同指導『G0384』は確定済みのため削除できません。先に算定の画面で確定を取り消してください"},
		"入院": {func(f *fee.Facts, session models.JointGuidance) []app.Step {
			var steps []app.Step
			for _, stay := range f.Book.WardStays {
				if stay.PatientID == session.PatientID && stay.AdmittedOn == session.AdmittedOn {
					steps = append(steps, app.Remove(stay))
				}
			}
			return append(steps, app.Remove(*f.Admission(session.Key())))
		}, "の共同指導は確定済みのため削除できません。先に算定の画面で確定を取り消してください"},
	} {
		t.Run(name, func(t *testing.T) {
			a := apptest.Sample(t)
			confirmed(t, a, "G0384")
			facts := judged(t, a).Facts
			steps := c.remove(facts, judged(t, a).Verdict("G0384").Session)

			_, err := a.Do(ctx, "削除", steps...)

			assert.Equal(t, models.Invalid, models.ErrorCode(err))
			assert.Contains(t, models.ErrorMessage(err), c.want)
			assert.Equal(t, facts.Book.Admissions, judged(t, a).Facts.Book.Admissions)
			assert.Equal(t, facts.Book.Sessions, judged(t, a).Facts.Book.Sessions)
			_, err = a.Do(ctx, "削除", append([]app.Step{app.Remove(*confirmation(t, a, "G0384"))}, steps...)...)
			require.NoError(t, err)
			assert.Nil(t, confirmation(t, a, "G0384"))
		})
	}
}

// One that is confirmed may still get another admission key, which it takes along.
func TestAnAdmissionWithA確定GetsAnotherKey(t *testing.T) {
	a := apptest.Sample(t)
	confirmed(t, a, "G0384")
	facts := judged(t, a).Facts
	session := judged(t, a).Verdict("G0384").Session
	was := *facts.Admission(session.Key())
	steps := []app.Step{}
	now := was
	now.PatientID, now.Version = "99999999", 0
	steps = append(steps, app.Put(now))
	for _, stay := range facts.Book.WardStays {
		if stay.PatientID == was.PatientID && stay.AdmittedOn == was.AdmittedOn {
			steps = append(steps, app.Remove(stay))
		}
	}
	for _, s := range facts.Book.Sessions {
		if s.Key() == was.Key() {
			s.PatientID = now.PatientID
			steps = append(steps, app.Put(s))
		}
	}

	undo, err := a.Do(context.Background(), "患者IDの訂正", append(steps, app.Remove(was))...)

	require.NoError(t, err)
	assert.Equal(t, "99999999", judged(t, a).Verdict("G0384").Session.PatientID)
	takenBack(t, a, undo)
	assert.Equal(t, was.PatientID, judged(t, a).Verdict("G0384").Session.PatientID)
}

package store_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/store"
	"renkei/models"
)

func TestADraftLeavesTheBookItBeganFromAsItIs(t *testing.T) {
	book := &models.Book{
		Policies: []models.Policy{{Edition: "第1版"}, {Edition: "第2版"}, {Edition: "第3版"}},
		Wards:    []models.Ward{{Code: "3E", ValidFrom: 2024_04_01}},
	}
	d := store.NewDraft(book)
	require.NoError(t, store.DraftRemove(d, models.Policy{Edition: "第1版"}))
	require.NoError(t, store.DraftPut(d, models.Policy{Edition: "第3版", EffectiveOn: 2026_08_01}))
	require.NoError(t, store.DraftPut(d, models.Policy{Edition: "第4版"}))
	require.NoError(t, store.DraftRemove(d, models.Policy{Edition: "第9版"}))
	assert.Equal(t, []models.Policy{{Edition: "第2版"}, {Edition: "第3版", EffectiveOn: 2026_08_01}, {Edition: "第4版"}}, d.Book.Policies)
	assert.Equal(t, []models.Policy{{Edition: "第1版"}, {Edition: "第2版"}, {Edition: "第3版"}}, book.Policies)
	assert.Equal(t, []string{"規程"}, d.Sheets())
	assert.Same(t, &book.Wards[0], &d.Book.Wards[0], "what does not change is shared")
	assert.Empty(t, d.Patients)
}

func TestADraftKnowsWhoseRecordsChange(t *testing.T) {
	book := &models.Book{Sessions: []models.JointGuidance{{Number: "G1", PatientID: "1"}, {Number: "G2", PatientID: "2"}, {Number: "G3", PatientID: "3"}}}
	d := store.NewDraft(book)
	require.NoError(t, store.DraftPut(d, models.JointGuidance{Number: "G1", PatientID: "4"}))
	require.NoError(t, store.DraftRemove(d, models.JointGuidance{Number: "G2"}))
	require.NoError(t, store.DraftPut(d, models.Admission{PatientID: "5", AdmittedOn: 2026_10_01}))
	require.NoError(t, store.DraftPut(d, models.WardStay{PatientID: "6", AdmittedOn: 2026_10_01, From: 2026_10_01}))
	assert.Equal(t, map[string]bool{"1": true, "2": true, "4": true, "5": true, "6": true}, d.Patients, "before and after")
}

func TestACodeOfADraftIsTakenOutAgain(t *testing.T) {
	d := store.NewDraft(&models.Book{})
	first, second, named := models.CareManager{Name: "佐藤"}, models.CareManager{Name: "鈴木"}, models.CareManager{Code: "C009"}
	for _, row := range []*models.CareManager{&first, &second, &named} {
		require.NoError(t, store.DraftNew(d, row))
	}
	assert.NotEmpty(t, first.Code)
	assert.NotEqual(t, first.Code, second.Code, "others can name each of them")
	assert.Len(t, d.Book.CareManagers, 3)
	d.Discard()
	assert.Equal(t, []string{"", "", "C009"}, []string{first.Code, second.Code, named.Code})
}

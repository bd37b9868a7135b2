package app_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/models"
	"renkei/models/liaison"
)

// Nobody has a session: the 平時の連携 rests on a telephone call alone, of three
// months before.
func TestWhatRestsOnRoutineContactsLapsesInTheWorkOfTheDay(t *testing.T) {
	ctx, a := context.Background(), apptest.Empty(t)
	_, err := a.Do(ctx, "はじめ",
		app.Put(models.Setting{Key: "routine_contact_can_substitute", Value: "true"}),
		app.Put(models.Setting{Key: "evidence_lookback_months", Value: "3"}),
		app.Put(models.Staff{Code: "N1", From: 2020_04_01, Name: "渡邉 恵", Job: models.Nurse, Department: models.FullTime}),
		app.Put(models.Partner{Code: "P1", Name: "さくら居宅", Kind: models.CareOffice}),
		app.Put(models.CareManager{Code: "C1", Name: "佐藤 実", Qualification: models.QualifiedCM, CanPlan: models.Yes, SharedOn: 2026_04_20}),
		app.Put(models.Affiliation{CareManager: "C1", Partner: "P1", From: 2022_04_01}),
		app.Put(models.Contact{Number: "K1", On: 2026_09_01, Kind: models.PhoneCall, Staff: []string{"N1"}, CareManager: "C1"}),
		app.Put(models.Admission{PatientID: "00000001", AdmittedOn: 2026_08_03, DischargedOn: 2026_08_20, Name: "髙橋 花子", CareManager: "C1"}))
	require.NoError(t, err)
	work, err := a.Worklist(ctx, 2026_11_15)
	require.NoError(t, err)
	lapsing := where(work, func(w liaison.Work) bool { return w.Kind == liaison.WorkExpiring })
	require.Len(t, lapsing, 1)
	assert.Equal(t, "C1", lapsing[0].Key)
	assert.Equal(t, models.Date(2026_12_01), lapsing[0].Due)
}

package people_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/models"
	"renkei/views/page/pagetest"
	"renkei/views/people"
)

func TestAFinderIsMadeAnewOnlyWhenWhatItSearchesChanged(t *testing.T) {
	a := pagetest.SampleApp(t)
	directory := people.NewDirectory(a)
	know := func(on models.Date) *people.Known {
		known, err := directory.Know(context.Background(), on)
		require.NoError(t, err)
		return known
	}
	do := func(step app.Step) {
		_, err := a.Do(context.Background(), "登録", step)
		require.NoError(t, err)
	}
	first := know(pagetest.Today)
	do(app.New(&models.Contact{On: pagetest.Today, Kind: models.PhoneCall, Partner: first.Facts.Book.Partners[0].Code}))
	second := know(pagetest.Today)
	assert.Same(t, first.Offices, second.Offices, "a やり取り changes none")
	assert.Same(t, first.CareManagers, second.CareManagers)
	assert.Same(t, first.Staff, second.Staff)
	assert.Same(t, first.Patients, second.Patients)

	do(app.Put(models.Partner{Code: "P900", Name: "月見坂ケアプラン", Kind: models.CareOffice}))
	third := know(pagetest.Today)
	assert.NotSame(t, second.Offices, third.Offices)
	assert.NotEmpty(t, third.Offices.Find("月見坂", 1))
	assert.Same(t, second.Staff, third.Staff)
	assert.Same(t, second.Patients, third.Patients)

	was := third.Inpatients[0]
	do(app.Put(models.Admission{PatientID: was.PatientID, AdmittedOn: models.MaxDate, Name: "月見 さくら"}))
	fourth := know(pagetest.Today)
	assert.Same(t, third.Offices, fourth.Offices)
	found := fourth.Patients.Find("月見さくら", 9)
	require.Len(t, found, 1, "a patient is found once, by the last name")
	assert.Equal(t, people.Key(people.Patient, was.PatientID), found[0].Key)
	assert.Equal(t, "月見 さくら", fourth.PatientPick(was.PatientID).Title)
	assert.Equal(t, "入院の登録なし", fourth.PatientPick("99999998").Detail)
	assert.NotSame(t, fourth.CareManagers, know(pagetest.Today.AddDays(1)).CareManagers, "offices of another day")
}

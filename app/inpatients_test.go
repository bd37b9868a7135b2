package app_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
	"renkei/models"
)

func TestInpatientsAreThoseOfTheRegisterAfterEachEdit(t *testing.T) {
	eachRegister(t, func(t *rapid.T, a *app.App) {
		same := func() {
			judged, err := a.Judged(context.Background(), models.Part{Whole: true})
			require.NoError(t, err)
			now, err := a.Inpatients(context.Background())
			require.NoError(t, err)
			require.Equal(t, len(judged.Facts.Book.Admissions), len(now.All))
			for i, p := range judged.Facts.Book.Inpatients() {
				require.Equal(t, p, now.All[i])
				require.Same(t, &now.All[i], now.All.Find(p.Key()))
			}
		}
		same()
		for range 2 {
			editSome(t, a)
			same()
		}
	})
}

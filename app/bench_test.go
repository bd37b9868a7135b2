package app_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/apptest"
	"renkei/app/ledger"
	"renkei/models"
	"renkei/models/booktest"
	"renkei/models/fee"
)

// sizes are the numbers of admissions measured. The time per admission must
// stay level from one to the next.
var sizes = []int{1_000, 10_000, 30_000}

// largeFolder writes the register of n admissions as a folder of CSV.
func largeFolder(b *testing.B, n int) string {
	b.Helper()
	folder := b.TempDir()
	require.NoError(b, ledger.Write(context.Background(), folder, booktest.Large(n), nil))
	return folder
}

func openRegister(tb testing.TB, path string) *app.App {
	tb.Helper()
	a, err := app.Open(context.Background(), app.Config{Data: path, Actor: "山田", Log: slog.New(slog.DiscardHandler)})
	require.NoError(tb, err)
	return a
}

func perAdmission(b *testing.B, n int) {
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/1e3/float64(b.N)/float64(n), "µs/admission")
}

// BenchmarkImport imports a folder of CSV into an empty register.
func BenchmarkImport(b *testing.B) {
	for _, n := range sizes {
		folder := largeFolder(b, n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				a := openRegister(b, filepath.Join(b.TempDir(), "renkei.db"))
				b.StartTimer()
				done, err := a.ImportLedger(context.Background(), folder, ledger.Choice{}, nil)
				b.StopTimer()
				require.NoError(b, err)
				require.Greater(b, done.Changes.Total().Added, 4*n)
				require.NoError(b, a.Close())
				b.StartTimer()
			}
			perAdmission(b, n)
		})
	}
}

// BenchmarkJudge opens a register and judges every session, as the program does
// at start.
func BenchmarkJudge(b *testing.B) {
	for _, n := range sizes {
		path := filepath.Join(b.TempDir(), "renkei.db")
		a := openRegister(b, path)
		_, err := a.ImportLedger(context.Background(), largeFolder(b, n), ledger.Choice{}, nil)
		require.NoError(b, err)
		require.NoError(b, a.Close())
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				a := openRegister(b, path)
				judged, err := a.Judged(context.Background(), models.Part{Whole: true})
				require.NoError(b, err)
				require.Len(b, judged.Verdicts, n)
				require.Equal(b, fee.FeeLegacy, judged.Verdicts[0].Result)
				require.NoError(b, a.Close())
			}
			perAdmission(b, n)
		})
	}
}

// BenchmarkEffect works out the effect of changing a ward, on which every
// session depends, and of changing one session, as forms do before saving.
func BenchmarkEffect(b *testing.B) {
	for _, n := range sizes {
		rules, err := app.Rules()
		require.NoError(b, err)
		judged := apptest.JudgeBook(b, booktest.Large(n), rules)
		ward, session := judged.Facts.Book.Wards[0], judged.Facts.Book.Sessions[0]
		ward.FiledFrom, session.PatientJoined = 2026_12_01, models.No
		for name, step := range map[string]app.Step{"ward": app.Put(ward), "session": app.Put(session)} {
			b.Run(fmt.Sprint(name, " ", n), func(b *testing.B) {
				for b.Loop() {
					_, err := judged.Effect(context.Background(), step)
					require.NoError(b, err)
				}
				perAdmission(b, n)
			})
		}
	}
}

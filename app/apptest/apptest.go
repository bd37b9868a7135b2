// Package apptest opens registers for tests, each in a folder of its own.
package apptest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"renkei/app"
	"renkei/app/store/storetest"
	"renkei/models"
	"renkei/models/fee"
)

// Actor works on the registers when a test names nobody else.
const Actor = "医事 花子"

// Now is ten o'clock of the last day of the sample hospital.
func Now() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.Local) }

// Config is how a register at a path is opened: by Actor, at Now, without a
// word in the log, with the changes.
func Config(path string, changes ...func(*app.Config)) app.Config {
	config := app.Config{Data: path, Actor: Actor, Now: Now, Log: slog.New(slog.DiscardHandler)}
	for _, change := range changes {
		change(&config)
	}
	return config
}

// At sets the clock.
func At(now func() time.Time) func(*app.Config) {
	return func(c *app.Config) { c.Now = now }
}

// By sets who works.
func By(actor string) func(*app.Config) {
	return func(c *app.Config) { c.Actor = actor }
}

// Open opens the register at a path until the test ends.
func Open(t testing.TB, path string, changes ...func(*app.Config)) *app.App {
	t.Helper()
	a, err := app.Open(context.Background(), Config(path, changes...))
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, a.Close()) })
	return a
}

// Empty opens a register without records.
func Empty(t testing.TB, changes ...func(*app.Config)) *app.App {
	t.Helper()
	return Open(t, Place(t), changes...)
}

// Place returns where no register is yet, for the engine of the tests.
func Place(t testing.TB) string {
	t.Helper()
	if storetest.OnServer() {
		return storetest.Database(t, "")
	}
	return filepath.Join(t.TempDir(), app.UsualName)
}

// Sample opens a register that holds the sample hospital.
func Sample(t testing.TB, changes ...func(*app.Config)) *app.App {
	t.Helper()
	return sample.Open(t, changes...)
}

// WriteSample writes the file of a register that holds the sample hospital.
func WriteSample(t testing.TB, path string) {
	t.Helper()
	sample.Write(t, path)
}

var sample = Master{Fill: func(ctx context.Context, a *app.App) error {
	_, err := a.LoadSample(ctx, nil)
	return err
}}

// JudgedSample is the sample hospital as its ledger book has it, judged, without
// a register.
func JudgedSample(t testing.TB) *app.Judged {
	t.Helper()
	reading, err := app.SampleLedger(context.Background(), nil)
	require.NoError(t, err)
	rules, err := app.Rules()
	require.NoError(t, err)
	return JudgeBook(t, reading.Book, rules)
}

// ConfirmAll confirms all that can be confirmed of a month, as it is judged now.
func ConfirmAll(ctx context.Context, a *app.App, month models.Month) error {
	judged, err := a.Judged(ctx, models.Part{Whole: true})
	if err != nil {
		return err
	}
	var seen []app.Seen
	for _, v := range judged.Month(month) {
		if v.Confirmable() {
			seen = append(seen, app.Seen{Number: v.Session.Number, Result: v.Result, Points: v.Points})
		}
	}
	if len(seen) == 0 {
		return fmt.Errorf("nothing to confirm in %s", month)
	}
	_, err = a.Confirm(ctx, month, seen)
	return err
}

// Master is a register that is filled once, at Now; every test works on a copy.
type Master struct {
	// Fill puts the records in.
	Fill func(ctx context.Context, a *app.App) error

	once sync.Once
	file []byte
	err  error

	onServer sync.Once
	database string
}

// Open opens a copy until the test ends.
func (m *Master) Open(t testing.TB, changes ...func(*app.Config)) *app.App {
	t.Helper()
	if storetest.OnServer() {
		m.onServer.Do(func() {
			m.database = storetest.Kept(t)
			require.NoError(t, m.fill(m.database))
		})
		return Open(t, storetest.Database(t, m.database), changes...)
	}
	path := filepath.Join(t.TempDir(), app.UsualName)
	m.Write(t, path)
	return Open(t, path, changes...)
}

// Write writes a copy to a path.
func (m *Master) Write(t testing.TB, path string) {
	t.Helper()
	m.once.Do(func() { m.file, m.err = m.make() })
	require.NoError(t, m.err)
	require.NoError(t, os.WriteFile(path, m.file, 0o600))
}

// make fills the register and returns its file.
func (m *Master) make() (file []byte, err error) {
	folder, err := os.MkdirTemp("", "register-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	path := filepath.Join(folder, app.UsualName)
	if err := m.fill(path); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// fill fills the register at a place and closes it: then a file holds all of it.
func (m *Master) fill(place string) error {
	ctx := context.Background()
	a, err := app.Open(ctx, Config(place))
	if err != nil {
		return err
	}
	return errors.Join(m.Fill(ctx, a), a.Close())
}

// JudgeBook judges a book under its own parameters.
func JudgeBook(t require.TestingT, book *models.Book, rules fee.Rules) *app.Judged {
	judged, err := app.JudgeBook(context.Background(), book, rules)
	require.NoError(t, err)
	return judged
}

// Record puts a random book into an empty register. It gives an やり取り with nobody a
// 連携先, without which it would be refused.
func Record(t require.TestingT, a *app.App, b *models.Book) {
	for i := range b.Contacts {
		if c := &b.Contacts[i]; c.CareManager == "" && c.Partner == "" {
			c.Partner = "P1"
		}
	}
	var steps []app.Step
	steps = append(steps, puts(b.Settings)...)
	steps = append(steps, puts(b.Policies)...)
	steps = append(steps, puts(b.Wards)...)
	steps = append(steps, puts(b.Staff)...)
	steps = append(steps, puts(b.Partners)...)
	steps = append(steps, puts(b.CareManagers)...)
	steps = append(steps, puts(b.Affiliations)...)
	steps = append(steps, puts(b.Meetings)...)
	steps = append(steps, puts(b.Attendances)...)
	steps = append(steps, puts(b.Contacts)...)
	steps = append(steps, puts(b.Admissions)...)
	steps = append(steps, puts(b.WardStays)...)
	steps = append(steps, puts(b.Sessions)...)
	_, err := a.Do(context.Background(), "記録", steps...)
	require.NoError(t, err)
}

func puts[T app.Record](rows []T) []app.Step {
	var steps []app.Step
	for _, row := range rows {
		steps = append(steps, app.Put(row))
	}
	return steps
}

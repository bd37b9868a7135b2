package ledger

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"renkei/models"
)

const casesFolder = "../testdata/cases"

var cases = []string{"a", "b", "c"}

func mustRead(t testing.TB, path string) *Reading {
	t.Helper()
	r, err := Read(context.Background(), path, nil)
	require.NoError(t, err)
	return r
}

func mustWrite(t testing.TB, name string, book *models.Book) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, Write(context.Background(), path, book, nil))
	return path
}

// largeBook is a register of n admissions, each with two sessions and about
// seven contacts, as a busy hospital has them.
func largeBook(n int) *models.Book {
	b := exampleBook()
	admission, stay, session, contact := b.Admissions[0], b.WardStays[0], b.Sessions[0], b.Contacts[0]
	b.Admissions, b.WardStays, b.Sessions, b.Contacts = nil, nil, nil, nil
	for i := range n {
		admission.PatientID = fmt.Sprintf("%08d", i)
		stay.PatientID, session.PatientID = admission.PatientID, admission.PatientID
		b.Admissions = append(b.Admissions, admission)
		b.WardStays = append(b.WardStays, stay)
		for j := range 2 {
			session.Number = fmt.Sprintf("G%07d", i*2+j)
			b.Sessions = append(b.Sessions, session)
		}
		for j := range 7 {
			contact.Number = fmt.Sprintf("K%07d", i*7+j)
			b.Contacts = append(b.Contacts, contact)
		}
	}
	return b
}

package ledger

import (
	"context"
	"fmt"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

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

// readTexts reads a folder of CSV given as sheet → text.
func readTexts(t testing.TB, files map[string]string) *Reading {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name+".csv"] = &fstest.MapFile{Data: []byte(data)}
	}
	r, err := ReadFS(context.Background(), fsys, nil)
	require.NoError(t, err)
	return r
}

func issueTexts(issues []Issue) []string {
	texts := []string{}
	for _, i := range issues {
		texts = append(texts, i.String())
	}
	return texts
}

// workbookOf saves a workbook of the given sheets, cell by cell, as other
// programs would write it.
func workbookOf(t testing.TB, sheets map[string][][]any, change func(*excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	first := true
	for name, rows := range sheets {
		if first {
			require.NoError(t, f.SetSheetName("Sheet1", name))
			first = false
		} else {
			_, err := f.NewSheet(name)
			require.NoError(t, err)
		}
		for i, row := range rows {
			require.NoError(t, f.SetSheetRow(name, cellName(1, i+1), &row))
		}
	}
	if change != nil {
		change(f)
	}
	path := filepath.Join(t.TempDir(), "book.xlsx")
	require.NoError(t, f.SaveAs(path))
	require.NoError(t, f.Close())
	return path
}

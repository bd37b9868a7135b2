package app

import (
	"context"
	"fmt"
	"strings"

	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/assets/sample"
	"renkei/models"
)

// Rejected is a ledger book that was not taken in: every line says where and
// why. Nothing was written.
type Rejected struct{ Issues []ledger.Issue }

// Error returns the sentence above the list.
func (r *Rejected) Error() string {
	return fmt.Sprintf("台帳に直すところが%d件あります。何も登録していません。次の行を直して、もう一度読み込んでください", len(r.Issues))
}

// Unwrap gives the sentence its code, Invalid.
func (r *Rejected) Unwrap() error { return models.Errorf(models.Invalid, "%s", r.Error()) }

// IssueLines returns one line an issue: 「シート名 行番号 列名: 理由」.
func (r *Rejected) IssueLines() []string {
	lines := make([]string, len(r.Issues))
	for i, issue := range r.Issues {
		lines[i] = issue.String()
	}
	return lines
}

// Imported tells what an import did.
type Imported struct {
	Changes store.Changes
	Notes   []string // what was kept out, changed in the reading or is doubtful
}

// Summary says it in a sentence.
func (i Imported) Summary() string {
	total := i.Changes.Total()
	if total.Added+total.Changed == 0 {
		return fmt.Sprintf("登録済みの内容と同じです（%d件）。何も変わっていません", total.Same)
	}
	parts := []string{fmt.Sprintf("新しく%d件", total.Added)}
	if total.Changed > 0 {
		parts = append(parts, fmt.Sprintf("変更%d件", total.Changed))
	}
	if total.Same > 0 {
		parts = append(parts, fmt.Sprintf("変わらず%d件", total.Same))
	}
	return "台帳を読み込みました（" + strings.Join(parts, "、") + "）"
}

// ImportLedger takes a ledger book (.xlsx or a folder of CSV) into the
// register, all of it or, with any issue, nothing: the error is then *Rejected.
func (a *App) ImportLedger(ctx context.Context, path string, p Progress) (Imported, error) {
	reading, err := ledger.Read(ctx, path, p)
	if err != nil {
		return Imported{}, err
	}
	return a.take(ctx, reading, p)
}

// LoadSample fills an empty register with the sample hospital.
func (a *App) LoadSample(ctx context.Context, p Progress) (Imported, error) {
	book, err := a.store.Book(ctx)
	if err != nil {
		return Imported{}, err
	}
	if len(book.Sessions)+len(book.Admissions)+len(book.Partners) > 0 {
		return Imported{}, models.Errorf(models.Invalid, "登録のあるデータには見本の病院を入れられません。--data で新しいファイルを指定してください")
	}
	reading, err := SampleLedger(ctx, p)
	if err != nil {
		return Imported{}, err
	}
	return a.take(ctx, reading, p)
}

// SampleLedger reads the sample hospital's ledger book.
func SampleLedger(ctx context.Context, p Progress) (*ledger.Reading, error) {
	files, err := sample.Ledger()
	if err != nil {
		return nil, err
	}
	return ledger.ReadFS(ctx, files, p)
}

// take checks and writes a reading in one transaction.
func (a *App) take(ctx context.Context, reading *ledger.Reading, p Progress) (Imported, error) {
	done := Imported{Notes: reading.Notes}
	err := a.store.Write(ctx, a.config.Actor, func(tx *store.Tx) error {
		existing, err := tx.Book()
		if err != nil {
			return err
		}
		reading.Settle(existing)
		reading.NoteImplausible(models.Today(a.config.Now))
		done.Notes = reading.Notes
		issues := append(reading.Issues, ledger.CheckReferences(reading, existing)...)
		if len(issues) > 0 {
			return &Rejected{Issues: issues}
		}
		done.Changes, err = tx.Upsert(reading.Book, func(done, total int) {
			if p != nil {
				p("登録", done, total)
			}
		})
		return err
	})
	return done, err
}

// ExportLedger writes the whole register as a ledger book.
func (a *App) ExportLedger(ctx context.Context, path string, p Progress) error {
	book, err := a.store.Book(ctx)
	if err != nil {
		return err
	}
	return ledger.Write(ctx, path, book, p)
}

// WriteTemplate writes the empty ledger book: one example row a sheet, lists
// to choose from and a sheet that explains every column.
func WriteTemplate(ctx context.Context, path string) error { return ledger.WriteTemplate(ctx, path) }

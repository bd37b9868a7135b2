package app

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"renkei/app/ledger"
	"renkei/app/store"
	"renkei/assets/sample"
	"renkei/models"
)

// Kinds of import.
const (
	ledgerImport = "台帳"
	sampleImport = "見本の病院"
)

// Rejected is the error of an import whose book has faults. Each line says
// where and why. Nothing was written.
type Rejected struct{ Issues []ledger.Issue }

// Error returns the sentence shown above the list.
func (r *Rejected) Error() string {
	return fmt.Sprintf("台帳に直すところが%d件あります。何も登録していません。次の行を直して、もう一度読み込んでください", len(r.Issues))
}

// Unwrap gives the error its code, Invalid.
func (r *Rejected) Unwrap() error { return models.Errorf(models.Invalid, "%s", r.Error()) }

// IssueLines returns one line per issue: 「シート名 行番号 列名: 理由」.
func (r *Rejected) IssueLines() []string { return issueLines(r.Issues) }

// Unconsented is the error of an import that would empty values, or change
// confirmed or closed sessions, without the user's consent. Nothing was
// written.
type Unconsented struct{ Emptied, Closed []ledger.Issue }

// Error returns the sentence shown above the list.
func (u *Unconsented) Error() string {
	var parts []string
	if n := len(u.Emptied); n > 0 {
		parts = append(parts, fmt.Sprintf("登録済みの値が空欄になるところが%d件", n))
	}
	if n := len(u.Closed); n > 0 {
		parts = append(parts, fmt.Sprintf("確定済み、又は締めた月の共同指導を変える行が%d件", n))
	}
	return "このブックには、" + strings.Join(parts, "、") + "あります。何も登録していません"
}

// Unwrap gives the error its code, Invalid.
func (u *Unconsented) Unwrap() error { return models.Errorf(models.Invalid, "%s", u.Error()) }

// IssueLines returns one line per value or row.
func (u *Unconsented) IssueLines() []string {
	return append(issueLines(u.Emptied), issueLines(u.Closed)...)
}

// Outdated is the error of an import whose plan changed after the user saw it,
// because the register changed. Plan is the new one. Nothing was written.
type Outdated struct{ Plan *ledger.Plan }

// Error returns the sentence for the user.
func (*Outdated) Error() string {
	return "確かめているあいだに登録が変わったため、まだ読み込んでいません。もう一度確かめてください"
}

// Unwrap gives the error its code, Conflict.
func (o *Outdated) Unwrap() error { return models.Errorf(models.Conflict, "%s", o.Error()) }

func issueLines(issues []ledger.Issue) []string {
	lines := make([]string, len(issues))
	for i, issue := range issues {
		lines[i] = issue.String()
	}
	return lines
}

// Imported is the result of an import.
type Imported struct {
	Number  int // of the import, 0 if it changed nothing
	Changes store.Changes
	Notes   []string     // what was left out, corrected or should be checked
	Plan    *ledger.Plan // row by row
	Copy    string       // the copy made before, "" for none
	Effect  Effect       // on the sessions recorded before (see App.ImportEffect)
}

// Summary describes the result in a sentence.
func (i Imported) Summary() string {
	total, same := i.Changes.Total(), i.Plan.Count(ledger.Same)
	if i.Number == 0 {
		return fmt.Sprintf("登録済みの内容と同じです（%d件）。何も変わっていません", same) + i.left()
	}
	parts := []string{fmt.Sprintf("新しく%d件", total.Added)}
	for _, part := range []struct {
		words string
		n     int
	}{{"変更%d件", total.Changed}, {"変わらず%d件", same}} {
		if part.n > 0 {
			parts = append(parts, fmt.Sprintf(part.words, part.n))
		}
	}
	return "台帳を読み込みました（" + strings.Join(parts, "、") + "）" + i.left()
}

// left names what was left unchanged in the register.
func (i Imported) left() string {
	text := ""
	for _, left := range []struct {
		words string
		n     int
	}{
		{"両方で変更された%d件は台帳のままです。", i.Plan.Count(ledger.Conflict)},
		{"書き出しのあとに台帳だけで変わった%d件は台帳のままです。", i.Plan.Count(ledger.Newer)},
		{"台帳で削除された%d件は削除されたままです。", i.Plan.Count(ledger.Gone)},
		{"確定済み・締めた月の%d件は台帳のままです。", len(i.Plan.ClosedRows())},
	} {
		if left.n > 0 {
			text += fmt.Sprintf(left.words, left.n)
		}
	}
	if text == "" {
		return ""
	}
	return "。" + strings.TrimSuffix(text, "。")
}

// Import is a ledger book that was read but not imported yet.
type Import struct {
	reading *ledger.Reading
	source  string
	kind    string
}

// OpenLedger reads a ledger book (.xlsx or a folder of CSV).
func (a *App) OpenLedger(ctx context.Context, path string, p Progress) (*Import, error) {
	reading, err := ledger.Read(ctx, path, p)
	if err != nil {
		return nil, err
	}
	return &Import{reading: reading, source: filepath.Base(path), kind: ledgerImport}, nil
}

// PlanImport works out what importing the book would do. Nothing is written.
// The error is *Rejected if the book has faults.
func (a *App) PlanImport(ctx context.Context, book *Import, choice ledger.Choice) (*ledger.Plan, error) {
	var plan *ledger.Plan
	err := a.store.Read(ctx, func(view store.View) (err error) {
		_, plan, err = a.plan(ctx, view, book, choice)
		return err
	})
	return plan, err
}

// plan merges the book into the register as seen by one transaction, and
// returns the codes of that register too (see store.View.Codes). With a *Rejected error the plan is returned as
// well, for its notes.
func (a *App) plan(ctx context.Context, view store.View, book *Import, choice ledger.Choice) (*models.Book, *ledger.Plan, error) {
	existing, err := view.Codes()
	if err != nil {
		return nil, nil, err
	}
	reading := book.reading.Clone()
	reading.Settle(existing)
	reading.NoteImplausible(a.Today())
	plan, err := ledger.Merge(ctx, reading, ledger.Register{
		Book: existing, Stored: view.Stored, Edits: view.Edits,
		Past: func(revision int64) (before, added *models.Book, err error) {
			past, err := view.Past(revision)
			return past.Before, past.Added, err
		},
	}, choice)
	if err != nil {
		return nil, nil, err
	}
	issues := append(plan.Issues, ledger.CheckReferences(reading, existing)...)
	if len(issues) == 0 {
		issues = plan.CheckRemoved(existing)
	}
	if len(issues) > 0 {
		return existing, plan, &Rejected{Issues: issues}
	}
	return existing, plan, nil
}

// TakeImport imports the book, all of it or nothing, after making a copy of the
// register if it changes. The error is *Rejected if the book has faults, and
// *Unconsented if choice does not allow what it would do. seen is the plan the
// user agreed to, or nil. If changes of the register led to another plan since,
// the error is *Outdated.
func (a *App) TakeImport(ctx context.Context, book *Import, choice ledger.Choice, seen *ledger.Plan, p Progress) (Imported, error) {
	done := Imported{}
	var existing *models.Book
	err := a.store.Read(ctx, func(view store.View) (err error) {
		existing, err = a.agreed(ctx, view, book, choice, seen, &done)
		return err
	})
	if err != nil || done.Plan.Write.Empty() {
		return done, err
	}
	if done.Effect, err = a.ImportEffect(ctx, done.Plan); err != nil {
		return done, err
	}
	if !existing.Empty() {
		if done.Copy, err = a.copyBefore(ctx, "import"); err != nil {
			return done, err
		}
	}
	err = a.store.Write(ctx, a.config.Actor, func(tx *store.Tx) (err error) {
		if tx.Found() != existing.Origin.Revision { // somebody saved in the meantime; now nobody does
			if _, err = a.agreed(ctx, tx.View, book, choice, seen, &done); err != nil {
				return err
			}
			if done.Effect, err = a.ImportEffect(ctx, done.Plan); err != nil {
				return err
			}
		}
		done.Changes, err = tx.Upsert(done.Plan.Write, func(n, total int) {
			if p != nil {
				p("登録", n, total)
			}
		})
		if err != nil || !tx.Changed() {
			return err
		}
		done.Number, err = tx.RecordImport(book.kind, book.source)
		return err
	})
	return done, err
}

// agreed plans the import in done, and refuses what the user did not agree to. It
// returns the codes of the register (see store.View.Codes).
func (a *App) agreed(ctx context.Context, view store.View, book *Import, choice ledger.Choice, seen *ledger.Plan, done *Imported) (*models.Book, error) {
	existing, plan, err := a.plan(ctx, view, book, choice)
	if done.Plan = plan; plan != nil {
		done.Notes = plan.Notes
	}
	switch {
	case err != nil:
		return nil, err
	case seen != nil && !plan.SameAs(seen):
		return nil, &Outdated{plan}
	}
	return existing, consented(plan, choice)
}

func consented(plan *ledger.Plan, choice ledger.Choice) error {
	need := &Unconsented{}
	if !choice.Clear {
		need.Emptied = plan.Emptied()
	}
	if !choice.KeepClosed {
		need.Closed = plan.ClosedRows()
	}
	if len(need.Emptied)+len(need.Closed) > 0 {
		return need
	}
	return nil
}

// ImportLedger reads a ledger book and imports it (see TakeImport).
func (a *App) ImportLedger(ctx context.Context, path string, choice ledger.Choice, p Progress) (Imported, error) {
	book, err := a.OpenLedger(ctx, path, p)
	if err != nil {
		return Imported{}, err
	}
	return a.TakeImport(ctx, book, choice, nil, p)
}

// Imports lists the imports, newest first.
func (a *App) Imports(ctx context.Context) ([]store.Import, error) { return a.store.Imports(ctx) }

// UndoImport takes an import back: what it added is removed and what it changed
// is restored. Records edited or used since are kept and listed. number 0 means
// the last import still in place.
func (a *App) UndoImport(ctx context.Context, number int, p Progress) (store.TakenBack, store.Import, error) {
	imports, err := a.store.Imports(ctx)
	if err != nil {
		return store.TakenBack{}, store.Import{}, err
	}
	of, err := pickImport(imports, number)
	if err != nil {
		return store.TakenBack{}, of, err
	}
	if _, err := a.copyBefore(ctx, "undo"); err != nil {
		return store.TakenBack{}, of, err
	}
	var done store.TakenBack
	err = a.store.Write(ctx, a.config.Actor, func(tx *store.Tx) error {
		var billed models.Book
		var err error
		if billed.Confirmations, err = store.All[models.Confirmation](tx.View); err == nil {
			billed.Closings, err = store.All[models.Closing](tx.View)
		}
		if err != nil {
			return err
		}
		done, err = tx.TakeBackImport(of.Number, ledger.WhyClosed(&billed), func(n, total int) {
			if p != nil {
				p("取消し", n, total)
			}
		})
		return err
	})
	return done, of, err
}

func pickImport(imports []store.Import, number int) (store.Import, error) {
	for _, i := range imports {
		switch {
		case number == 0 && i.Undone == 0, number != 0 && i.Number == number && i.Undone == 0:
			return i, nil
		case number != 0 && i.Number == number:
			return i, models.Errorf(models.Invalid, "読み込み %d は、すでに取り消してあります", number)
		}
	}
	if number == 0 {
		return store.Import{}, models.Errorf(models.NotFound, "取り消せる読み込みがありません")
	}
	return store.Import{}, models.Errorf(models.NotFound, "読み込み %d の記録がありません。番号を確かめてください", number)
}

// LoadSample fills an empty register with the sample hospital.
func (a *App) LoadSample(ctx context.Context, p Progress) (Imported, error) {
	existing, err := a.store.Book(ctx)
	if err != nil {
		return Imported{}, err
	}
	if !existing.Empty() {
		return Imported{}, models.Errorf(models.Invalid, "登録のあるデータには見本の病院を入れられません。--data で新しいファイルを指定してください")
	}
	reading, err := SampleLedger(ctx, p)
	if err != nil {
		return Imported{}, err
	}
	return a.TakeImport(ctx, &Import{reading: reading, source: sampleImport, kind: sampleImport}, ledger.Choice{}, nil, p)
}

// SampleLedger reads the sample hospital's ledger book.
func SampleLedger(ctx context.Context, p Progress) (*ledger.Reading, error) {
	files, err := sample.Ledger()
	if err != nil {
		return nil, err
	}
	return ledger.ReadFS(ctx, files, p)
}

// ExportLedger writes the whole register as a ledger book.
func (a *App) ExportLedger(ctx context.Context, path string, p Progress) error {
	var book *models.Book
	err := a.store.Read(ctx, func(view store.View) (err error) {
		book, err = view.Snapshot()
		return err
	})
	if err != nil {
		return err
	}
	return ledger.Write(ctx, path, book, p)
}

// WriteTemplate writes the empty ledger book: one example row per sheet,
// drop-down lists, and a sheet that explains every column.
func WriteTemplate(ctx context.Context, path string) error { return ledger.WriteTemplate(ctx, path) }

package main

import (
	"context"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"renkei/app"
	"renkei/app/ledger"
	"renkei/models"
	"renkei/views"
	"renkei/views/shots"
)

// drawImport draws the import of a book that was edited while the register was
// edited too.
func drawImport(ctx context.Context, folder, temp string, params shots.Params) (files []string, err error) {
	if err := os.MkdirAll(temp, 0o700); err != nil {
		return nil, err
	}
	config := app.Config{
		Data: filepath.Join(temp, "renkei.db"), Actor: "見本 職員",
		Now: func() time.Time { return seenOn }, Log: slog.New(slog.DiscardHandler),
	}
	book := filepath.Join(temp, "直した台帳.xlsx")
	if err := prepareImport(ctx, config, book); err != nil {
		return nil, err
	}
	registers, err := app.OpenRegisters(ctx, config, app.Beginning{})
	if err != nil {
		return nil, err
	}
	defer func() {
		if closed := registers.Close(); err == nil {
			err = closed
		}
	}()
	params.Desk = views.AppDesk(registers)
	return shots.Import(folder, params, book)
}

// prepareImport fills a register with the sample hospital, writes it as a book
// with some changes, and makes other changes in the register.
func prepareImport(ctx context.Context, config app.Config, book string) (err error) {
	a, err := app.Open(ctx, config)
	if err != nil {
		return err
	}
	defer func() {
		if closed := a.Close(); err == nil {
			err = closed
		}
	}()
	if _, err := a.LoadSample(ctx, nil); err != nil {
		return err
	}
	if err := a.ExportLedger(ctx, book, nil); err != nil {
		return err
	}
	reading, err := ledger.Read(ctx, book, nil)
	if err != nil {
		return err
	}
	edited := reading.Book
	edited.Partners[0].Phone = "09-0000-1911"
	edited.Partners[1].Fax = ""
	edited.Partners[2].Phone = "09-0000-1931"
	edited.CareManagers[0].Note = "火曜日は不在"
	office := edited.Partners[3]
	office.Code, office.Name, office.Kana = "P900", "みなと北居宅介護支援事業所", "ミナトキタキョタクカイゴシエンジギョウショ"
	edited.Partners = append(edited.Partners, office)
	edited.Sessions[0].Body = "本人・妻同席。退院先は自宅の方向で一致。"
	if err := ledger.Write(ctx, book, edited, nil); err != nil {
		return err
	}
	judged, err := a.Judged(ctx, models.Part{Whole: true})
	if err != nil {
		return err
	}
	kept := judged.Facts.Book.Partners[2]
	kept.Phone = "09-0000-1932"
	if _, err := a.Do(ctx, "変更", app.Put(kept)); err != nil {
		return err
	}
	_, err = a.CloseMonth(ctx, edited.Sessions[0].BilledMonth())
	return err
}

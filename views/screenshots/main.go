// Command screenshots draws every page of the window, filled with the sample
// hospital, into a folder. It needs no display.
//
//	go run ./views/screenshots docs/screens
package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"renkei/app"
	"renkei/assets"
	"renkei/views"
	"renkei/views/shots"
	"renkei/views/ui"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "使い方: screenshots フォルダ")
		os.Exit(2)
	}
	if err := draw(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "画面を描けませんでした:", err)
		os.Exit(1)
	}
}

// seenOn is the fixed day of the pictures, so that they change only with the
// program.
var seenOn = time.Date(2026, 11, 22, 10, 0, 0, 0, time.Local)

func draw(folder string) (err error) {
	temp, err := os.MkdirTemp("", "renkei-screens-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	ctx := context.Background()
	data := filepath.Join(temp, "renkei", "renkei.db")
	if err := os.MkdirAll(filepath.Dir(data), 0o700); err != nil {
		return err
	}
	registers, err := app.OpenRegisters(ctx, app.Config{
		Data: data, Actor: "見本 職員",
		Now: func() time.Time { return seenOn }, Log: slog.New(slog.DiscardHandler),
	}, app.Beginning{})
	if err != nil {
		return err
	}
	defer func() {
		if closed := registers.Close(); err == nil {
			err = closed
		}
	}()
	params := shots.Params{
		Desk: views.AppDesk(registers), Version: app.Version, Now: seenOn,
		Fonts: ui.Fonts{Regular: assets.FontRegular, Bold: assets.FontBold},
	}
	files, err := shots.Start(folder, params)
	if err != nil {
		return err
	}
	if err := registers.TrySample(ctx, func(string, int, int) {}); err != nil {
		return err
	}
	more, err := shots.Write(folder, params)
	if err != nil {
		return err
	}
	files = append(files, more...)
	if more, err = drawImport(ctx, folder, filepath.Join(temp, "import"), params); err != nil {
		return err
	}
	for _, file := range append(files, more...) {
		fmt.Println(file)
	}
	return nil
}

package connect

import (
	"context"

	"renkei/app"
)

// Places is what the window knows of the places of registers.
type Places struct {
	// Usual is the path of the register of this PC.
	Usual string
	// Server is the server this PC worked with last, a URL without a password, "" for
	// none.
	Server string
	// Given is true if the start was told which register to open (--data); then no
	// other is offered.
	Given bool
	// Look tells what is at a place on a server.
	Look func(ctx context.Context, place string) (app.Found, error)
}

// NoFileWords say that the register of this PC would be a new one, at a path.
func NoFileWords(path string) string {
	return "このパソコンには、台帳のファイルがありません。新しい空の台帳「" + path + "」を始めます。サーバーの台帳に入っている記録は、こちらには出ません。"
}

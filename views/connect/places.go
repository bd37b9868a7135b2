package connect

import (
	"context"

	"renkei/app"
)

// Places is what the window knows of the places of registers.
type Places struct {
	// Usual is the path of the register of this PC.
	Usual string
	// Given is true if the start was told which register to open (--data); then no
	// other is offered.
	Given bool
	// Look tells what is at a place on a server.
	Look func(ctx context.Context, place string) (app.Found, error)
}

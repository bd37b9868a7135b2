package app

import (
	"context"

	"renkei/app/store"
)

// ServerSetup says how a database on a server is set up: see store.SetUp.
type ServerSetup = store.Setup

// Prepared is a database that was set up.
type Prepared = store.Prepared

// SetUpServer makes a database on a server ready for the program by the connection
// of an administrator (see store.SetUp).
func SetUpServer(ctx context.Context, place string, setup ServerSetup) (Prepared, error) {
	setup.Program = Version
	return store.SetUp(ctx, place, setup)
}

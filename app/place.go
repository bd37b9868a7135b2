package app

import (
	"net/url"
	"path/filepath"
	"strings"

	"renkei/app/store"
	"renkei/models"
)

// A place is where a register is kept: the path of a file of this PC, or the URL
// of a database on a server.

// CheckPlace makes the folder of a register in a file and returns its absolute path,
// or an error if no register can be kept at the place (see store.CheckPlace).
func CheckPlace(place string) (string, error) { return store.CheckPlace(place) }

// IsServer reports whether a place is a database on a server.
func IsServer(place string) bool { return store.IsServer(place) }

// Shown returns a place as it is shown: a path, or host/database.
func Shown(place string) string { return store.Shown(place) }

// WithoutPassword returns a place as it is typed, without its password.
func WithoutPassword(place string) string { return store.WithoutPassword(place) }

// Beside returns the path beside which this PC keeps what belongs to a register:
// settings, drafts, copies, log and lock. It is the register's own file; for a
// register on a server a path in a folder of its own, where no file is.
func Beside(place string) (string, error) {
	if !IsServer(place) {
		return place, nil
	}
	usual, err := DefaultDataPath()
	if err != nil {
		return "", err
	}
	at, err := url.Parse(place)
	if err != nil {
		return "", models.Wrap(err, models.Invalid, "サーバーの指定を読み取れません")
	}
	name := strings.NewReplacer(":", "_", "/", "_").Replace(at.Host + at.Path)
	return filepath.Join(filepath.Dir(usual), "servers", url.PathEscape(name), UsualName), nil
}

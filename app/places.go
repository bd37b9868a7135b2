package app

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"renkei/app/passwords"
	"renkei/app/store"
	"renkei/models"
	"renkei/models/fee"
	"renkei/models/files"
)

// placeFile is the file beside the usual register in which this PC remembers
// another place, and the server it worked with last. It never holds a password.
const placeFile = "place.json"

type remembered struct {
	Place  string `json:"place,omitempty"`  // a URL without a password, or an absolute path; "" for the usual file
	Server string `json:"server,omitempty"` // a URL without a password, "" for none yet
}

// check says what no program of ours has written.
func (r remembered) check() error {
	if r.Place == "" && !IsServer(r.Server) || r.Place != "" && !IsServer(r.Place) && !filepath.IsAbs(r.Place) {
		return errors.New("no place of a register")
	}
	return nil
}

// Start is the register a program opens.
type Start struct {
	Place string
	Given bool // by --data
	// First is true if nothing says where the register is and none is at Place,
	// the usual one: the user is to be asked.
	First bool
}

// StartAt decides which register is opened: the one that data names (--data), else
// the one this PC remembers, else the usual file.
func StartAt(data string) (Start, error) {
	if data != "" {
		return Start{Place: data, Given: true}, nil
	}
	r, err := readPlaces()
	if err != nil {
		return Start{}, err
	}
	if r.Place != "" {
		return Start{Place: r.Place}, refuseGone(r.Place)
	}
	place, err := DefaultDataPath()
	if err != nil {
		return Start{}, err
	}
	return Start{Place: place, First: !IsThere(place)}, nil
}

// UsualPlace is where commands find the register that no --data names: at the
// remembered place, with the password that the system keeps, else in the usual
// file.
func UsualPlace(kept passwords.Keeper) (string, error) {
	start, err := StartAt("")
	if err != nil {
		return "", err
	}
	return WithKept(start.Place, kept), nil
}

func placePath() (string, error) {
	usual, err := DefaultDataPath()
	return filepath.Join(filepath.Dir(usual), placeFile), err
}

// readPlaces returns what is remembered, nothing if there is no file. A file that
// cannot be read is an error: an empty register must not be begun in its stead.
func readPlaces() (r remembered, err error) {
	path, err := placePath()
	if err != nil {
		return r, err
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return r, nil
	}
	if err == nil {
		if err = json.Unmarshal(data, &r); err == nil {
			err = r.check()
		}
	}
	if err != nil {
		return remembered{}, models.Wrap(err, models.Unavailable,
			"台帳の置き場所の記録「%s」を読み取れません。置き場所を選び直すか、--data で台帳を指定してください", path)
	}
	return r, nil
}

// refuseGone refuses a remembered file that is gone: an empty one must not be begun
// in its stead.
func refuseGone(place string) error {
	if IsServer(place) || IsThere(place) {
		return nil
	}
	return models.Errorf(models.NotFound, "前に開いた台帳のファイル「%s」がありません。元の場所に戻すか、別の台帳を開いてください。"+
		"控えから戻すときは、--data にこの場所を指定してください", place)
}

// IsThere reports whether a file is at a path.
func IsThere(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// LastServer is the server this PC worked with last, a URL without a password, "" for
// none.
func LastServer() string {
	r, err := readPlaces()
	switch {
	case err != nil:
		return "" // the start says so
	case IsServer(r.Place):
		return r.Place
	}
	return r.Server
}

// RememberPlace makes later starts open a place. Of a URL the password is left out.
// The server that was remembered before is kept beside a file: see LastServer.
func RememberPlace(place string) error {
	path, err := placePath()
	if err != nil {
		return err
	}
	usual, err := DefaultDataPath()
	if err != nil {
		return err
	}
	r := remembered{Place: WithoutPassword(place), Server: LastServer()}
	switch {
	case IsServer(place):
		r.Server = r.Place
	case place == usual:
		r.Place = ""
	}
	if r == (remembered{}) {
		if err = os.Remove(path); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	} else if err = os.MkdirAll(filepath.Dir(path), 0o700); err == nil {
		err = files.Write(path, func(w io.Writer) error { return json.NewEncoder(w).Encode(r) })
	}
	if err != nil {
		return models.Wrap(err, models.Unavailable, "台帳の置き場所を「%s」に記録できません。空き容量と書き込みの許可を確かめてください", path)
	}
	return nil
}

// WithKept returns the URL of a server with the password that the system keeps for
// it, unless it has one or PGPASSWORD gives one. Without any the driver looks for
// one in the file .pgpass.
func WithKept(place string, kept passwords.Keeper) string {
	if !IsServer(place) || passwordOf(place) != "" || os.Getenv("PGPASSWORD") != "" {
		return place
	}
	password, err := kept.Get(WithoutPassword(place))
	if err != nil || password == "" {
		return place // the server says whether it wants one
	}
	return WithPassword(place, password)
}

// KeepPassword lets the system keep the password in a place, or forget it. Without
// one there what is kept stays.
func KeepPassword(place string, keep bool, kept passwords.Keeper) error {
	password := passwordOf(place)
	switch {
	case password == "":
		return nil
	case !keep:
		password = ""
	}
	return kept.Set(WithoutPassword(place), password)
}

// Found is what is in a register on a server.
type Found struct {
	Hospital string
	Content  store.Content
	Changed  time.Time // zero for never
}

// LookAt tells what is at a place on a server, without changing anything.
func LookAt(ctx context.Context, place string) (Found, error) {
	found, err := store.LookAtServer(ctx, place)
	params, _ := fee.ParamsOf(found.Settings)
	return Found{Hospital: params.HospitalName, Content: found.Content, Changed: found.Changed}, err
}

// Unreached is an error of opening a register at a place this PC knows: the user may
// try again or choose another place.
type Unreached struct {
	Place    string // without a password
	Password bool   // the server wants another password
	Cause    error
}

// Error is that of the cause.
func (u *Unreached) Error() string { return u.Cause.Error() }

// Unwrap returns the cause.
func (u *Unreached) Unwrap() error { return u.Cause }

// unreached makes an error of opening one of a server.
func unreached(place string, err error) error {
	if err == nil || !IsServer(place) {
		return err
	}
	return &Unreached{Place: WithoutPassword(place), Password: store.IsPasswordRefused(err), Cause: err}
}

// Moved is the error of a register that was moved.
type Moved = store.Moved

// NotChosen is an error of the first start: the user is to say where the register
// is to be. Nothing was made.
type NotChosen struct{}

// Error says what is missing.
func (n *NotChosen) Error() string { return "台帳の置き場所が決まっていません" }

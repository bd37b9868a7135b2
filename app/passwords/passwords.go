// Package passwords keeps the passwords of servers where the system keeps
// passwords: in the Credential Manager of Windows, the keychain of macOS, or the
// Secret Service of Linux. The program itself writes none anywhere.
package passwords

import (
	"errors"
	"time"

	"github.com/zalando/go-keyring"

	"renkei/models"
)

// Keeper keeps one password for each place, which is a URL without a password.
// Its methods may block for a few seconds. An error means that this system cannot
// keep passwords now.
type Keeper interface {
	// Get returns the password of a place, "" for none.
	Get(place string) (string, error)
	// Set keeps a password, or forgets it if it is "".
	Set(place, password string) error
}

// System is the keeper of the system.
type System struct{}

var _ Keeper = System{}

// service is the program's name in the system's list of passwords.
const service = "renkei"

// Get returns the password of a place, "" for none.
func (System) Get(place string) (string, error) {
	return within(patience, func() (string, error) { return keyring.Get(service, place) })
}

// Set keeps a password, or forgets it if it is "".
func (System) Set(place, password string) error {
	_, err := within(patience, func() (string, error) {
		if password == "" {
			return "", keyring.Delete(service, place)
		}
		return "", keyring.Set(service, place, password)
	})
	return err
}

// patience is how long the system may take to answer. A desktop without a service
// for passwords may never do.
const patience = 3 * time.Second

// within asks and gives up after a while. What never answers stays behind.
func within(patience time.Duration, ask func() (string, error)) (string, error) {
	type answer struct {
		password string
		err      error
	}
	answered := make(chan answer, 1)
	go func() {
		password, err := ask()
		answered <- answer{password, err}
	}()
	select {
	case a := <-answered:
		if errors.Is(a.err, keyring.ErrNotFound) {
			return "", nil
		}
		return a.password, unavailable(a.err)
	case <-time.After(patience):
		return "", unavailable(errors.New("no answer"))
	}
}

func unavailable(cause error) error {
	if cause == nil {
		return nil
	}
	return models.Wrap(cause, models.Unavailable, "このパソコンには、パスワードを保管するしくみがないか、いま使えません。パスワードは開くたびに入れてください")
}

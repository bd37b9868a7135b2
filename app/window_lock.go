package app

import (
	"path/filepath"

	"github.com/gofrs/flock"

	"renkei/models"
)

// WindowLock returns the lock that a window holds while it has a register open, at
// the path beside which this PC keeps what belongs to it (see Beside). It lies beside
// the real file: a link leads to the same register.
func WindowLock(path string) *flock.Flock {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return flock.New(path + ".lock")
}

// keepWindowsOff takes the lock of a file, so that no window opens it meanwhile. It
// refuses while one has it open. off gives it back.
func keepWindowsOff(path string) (off func() error, err error) {
	lock := WindowLock(path)
	switch held, err := lock.TryLock(); {
	case err != nil:
		return nil, models.Wrap(err, models.Unavailable, "台帳のフォルダ「%s」に書き込めません。書き込みの許可を確かめてください", filepath.Dir(path))
	case !held:
		return nil, models.Errorf(models.Unavailable, "このパソコンの画面が台帳「%s」を開いています。画面を閉じてから、もう一度行ってください", path)
	}
	return lock.Unlock, nil
}

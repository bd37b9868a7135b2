package store

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"renkei/models"
)

// IsServer reports whether a place is a database on a server, postgres://…, and
// not a file.
func IsServer(place string) bool {
	lower := strings.ToLower(place)
	return strings.HasPrefix(lower, "postgres://") || strings.HasPrefix(lower, "postgresql://")
}

// Shown returns a place as it is shown and logged: without a password.
func Shown(place string) string {
	if !IsServer(place) {
		return place
	}
	at, err := url.Parse(place)
	if err != nil {
		return "postgres://…" // whatever is in it
	}
	return at.Host + at.Path
}

// WithoutPassword returns a place as it is typed, without its password.
func WithoutPassword(place string) string {
	if !IsServer(place) {
		return place
	}
	at, err := url.Parse(place)
	if err != nil {
		return "postgres://…"
	}
	if at.User != nil {
		at.User = url.User(at.User.Username())
	}
	query := at.Query()
	query.Del("password")
	query.Del("sslpassword")
	at.RawQuery = query.Encode()
	return at.String()
}

// CheckPlace makes the folder of the register and returns its absolute path; a URL
// is returned as it is.
// The error is Invalid for a network drive, a synced folder, an empty path or a URL with faults,
// else Unavailable. Nothing else is written.
func CheckPlace(path string) (string, error) {
	path = strings.TrimSpace(path)
	if IsServer(path) {
		return path, checkURL(path)
	}
	if scheme, _, isURL := strings.Cut(path, "://"); isURL && !strings.ContainsAny(scheme, `/\`) {
		return "", models.Errorf(models.Invalid, "「%s://」で始まる場所には台帳を置けません。サーバーの台帳は postgres:// で始めます", scheme)
	}
	if strings.TrimSpace(path) == "" {
		return "", models.Errorf(models.Invalid, "データのファイルが指定されていません。ファイルの場所を指定してください")
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", models.Wrap(err, models.Unavailable, "データの場所「%s」が分かりません。フォルダの名前から指定してください", path)
	}
	folder := filepath.Dir(absolute)
	if err := refuseSynced(folder); err != nil {
		return "", err
	}
	if isUNC(path) {
		return "", remoteError(folder)
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return "", models.Wrap(err, models.Unavailable,
			"フォルダ「%s」を作れません。場所と書き込みの許可を確かめるか、別の場所を指定してください", folder)
	}
	// The file or a folder may be a link into a synced folder or to another
	// machine.
	if real, err := filepath.EvalSymlinks(absolute); err == nil {
		folder = filepath.Dir(real)
	} else if real, err := filepath.EvalSymlinks(folder); err == nil {
		folder = real
	}
	if err := refuseSynced(folder); err != nil {
		return "", err
	}
	if info, err := os.Stat(absolute); err == nil && info.IsDir() {
		return "", models.Errorf(models.Invalid, "「%s」はフォルダです。データのファイル（例: renkei.db）を指定してください", absolute)
	}
	remote, err := IsRemote(folder)
	if err != nil {
		return "", models.Wrap(err, models.Unavailable, "フォルダ「%s」の種類を調べられません。別の場所を指定してください", folder)
	}
	if remote {
		return "", remoteError(folder)
	}
	return absolute, nil
}

// CopyStem returns the prefix of the names of a register's copies, unique
// within the folder: 「renkei」 for renkei.db, 「renkei.sqlite」 for
// renkei.sqlite, 「renkei.」 for a file named only renkei.
func CopyStem(path string) string {
	base := filepath.Base(path)
	switch filepath.Ext(base) {
	case ".db":
		return strings.TrimSuffix(base, ".db")
	case "":
		return base + "."
	}
	return base
}

// isUNC reports whether the path is on another Windows machine
// (\\server\share).
func isUNC(path string) bool {
	return strings.HasPrefix(path, `\\`) && !strings.HasPrefix(path, `\\?\`) && !strings.HasPrefix(path, `\\.\`) ||
		strings.HasPrefix(strings.ToUpper(path), `\\?\UNC\`)
}

func remoteError(folder string) error {
	return models.Errorf(models.Invalid,
		"「%s」はネットワーク上のフォルダのため、データが壊れるおそれがあります。このパソコンの中のフォルダを指定してください（控えはネットワークに置けます）", folder)
}

// syncedFolders are the folder names of synchronising services. A copy they
// take during a change is a damaged register.
var syncedFolders = []struct{ prefix, service string }{
	{"onedrive", "OneDrive"},
	{"dropbox", "Dropbox"},
	{"google drive", "Google ドライブ"},
	{"google ドライブ", "Google ドライブ"},
	{"googledrive", "Google ドライブ"},
	{"icloud drive", "iCloud Drive"},
	{"iclouddrive", "iCloud Drive"},
	{"com~apple~clouddocs", "iCloud Drive"},
	{"box sync", "Box"},
}

func refuseSynced(folder string) error {
	for _, part := range strings.FieldsFunc(folder, func(r rune) bool { return r == '/' || r == '\\' }) {
		for _, s := range syncedFolders {
			if strings.HasPrefix(strings.ToLower(part), s.prefix) {
				return models.Errorf(models.Invalid,
					"「%s」は %s が同期するフォルダのため、データが壊れるおそれがあります。同期しないフォルダを指定してください（控えは同期フォルダに置けます）", folder, s.service)
			}
		}
	}
	return nil
}

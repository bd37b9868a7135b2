package app

import (
	"cmp"
	"net"
	"net/url"
	"strconv"
	"strings"

	"renkei/app/store"
	"renkei/models"
)

// Server is a place on a server by its parts, as a person knows them.
type Server struct {
	Host     string
	Port     string
	Database string
	User     string
	Password string
	Security Security
	// Certificate is the path of the certificate that signed the server's own; ""
	// means those that this PC trusts.
	Certificate string
}

// Security says how the connection with a server is protected (sslmode of its URL).
type Security string

// The kinds of protection, best first.
const (
	Verified   Security = "verify-full" // encrypted, and the server's certificate is checked
	Unverified Security = "require"     // encrypted, with whatever server answers
	Plain      Security = "disable"
)

// The names the fields of Server have in problems.
const (
	FieldHost     = "サーバー"
	FieldPort     = "ポート"
	FieldDatabase = "データベース"
	FieldUser     = "利用者"
)

// NewServer returns what a server usually has, to begin with.
func NewServer() Server {
	return Server{Port: "5432", Database: "renkei", User: "renkei", Security: Verified}
}

// SecurityOf says how the connection with a place on a server is protected. Nothing
// is encrypted to a server on this PC, unless the place says so.
func SecurityOf(place string) Security {
	at, err := url.Parse(place)
	if err == nil && at.Query().Get("sslmode") == "" && store.IsLocal(place) {
		return Plain
	}
	return ServerOf(place).Security
}

// ServerOf takes the URL of a place apart. Other places are NewServer.
func ServerOf(place string) Server {
	s := NewServer()
	at, err := url.Parse(place)
	if !IsServer(place) || err != nil {
		return s
	}
	s.Host, s.Database, s.User, s.Password = at.Hostname(), strings.Trim(at.Path, "/"), at.User.Username(), passwordOf(place)
	s.Port = cmp.Or(at.Port(), s.Port)
	s.Security = Security(cmp.Or(at.Query().Get("sslmode"), string(s.Security)))
	s.Certificate = at.Query().Get("sslrootcert")
	return s
}

// ServerIn reads the URL of a place as the keeper of a server hands it out. A part
// that is missing is what NewServer has. It reports whether the text was such a URL.
func ServerIn(text string) (Server, bool) {
	text = narrow(text)
	at, err := url.Parse(text)
	if !IsServer(text) || err != nil || at.Hostname() == "" {
		return Server{}, false
	}
	s, usual := ServerOf(text), NewServer()
	s.Database, s.User = cmp.Or(s.Database, usual.Database), cmp.Or(s.User, usual.User)
	if s.Security != Unverified && s.Security != Plain {
		s.Security = Verified // of the kinds nobody chooses here, verify-ca is the likely one
	}
	return s, true
}

// IsCut reports whether an error means that the server of an open register cannot
// be reached any more, so that nothing was saved.
func IsCut(err error) bool { return store.IsCut(err) }

// IsLocal reports whether a place is on a server of this PC.
func IsLocal(place string) bool { return store.IsLocal(place) }

// Place returns the URL of the server, or what is wrong with its parts.
func (s Server) Place() (string, models.Problems) {
	var problems models.Problems
	host, port, database, user := narrow(s.Host), cmp.Or(narrow(s.Port), "5432"), strings.TrimSpace(s.Database), strings.TrimSpace(s.User)
	for _, f := range []struct{ name, value string }{{FieldHost, host}, {FieldDatabase, database}, {FieldUser, user}} {
		if f.value == "" {
			problems = append(problems, models.Problem{Field: f.name, Message: "空欄です。入力してください"})
		}
	}
	if strings.ContainsAny(host, "/@?# ") {
		problems = append(problems, models.Problem{Field: FieldHost, Message: "サーバーの名前だけを入力してください（postgres:// で始まるものは、そのまま貼れます）"})
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil || n == 0 {
		problems = append(problems, models.Problem{Field: FieldPort, Message: "1から65535までの数を入力してください"})
	}
	if len(problems) > 0 {
		return "", problems
	}
	at := url.URL{Scheme: "postgres", Host: net.JoinHostPort(host, port), Path: "/" + database, User: url.User(user)}
	query := url.Values{}
	if s.Security != Verified { // what is usual needs not be said
		query.Set("sslmode", string(s.Security))
	}
	if certificate := strings.TrimSpace(s.Certificate); certificate != "" {
		query.Set("sslrootcert", certificate)
	}
	at.RawQuery = query.Encode()
	return WithPassword(at.String(), s.Password), nil
}

// narrow returns a text as a Japanese keyboard may write it (ｄｂ，５４３２) in the
// letters of addresses.
func narrow(text string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　':
			return ' '
		}
		return r
	}, text))
}

// WithPassword returns the URL of a server with another password, "" for none. A
// path stays as it is.
func WithPassword(place, password string) string {
	at, err := url.Parse(place)
	if !IsServer(place) || err != nil {
		return place
	}
	if query := at.Query(); query.Has("password") {
		query.Del("password")
		at.RawQuery = query.Encode()
	}
	switch name := at.User.Username(); {
	case password != "":
		at.User = url.UserPassword(name, password)
	case name != "":
		at.User = url.User(name)
	default:
		at.User = nil
	}
	return at.String()
}

// passwordOf returns the password in a URL, "" for none.
func passwordOf(place string) string {
	at, err := url.Parse(place)
	if !IsServer(place) || err != nil {
		return ""
	}
	password, _ := at.User.Password()
	return cmp.Or(password, at.Query().Get("password"))
}

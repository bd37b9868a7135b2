package app_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"renkei/app"
)

func TestThePartsOfAServerMakeItsPlace(t *testing.T) {
	server := func(change func(*app.Server)) app.Server {
		s := app.NewServer()
		s.Host, s.User = "db.local", "nurse"
		if change != nil {
			change(&s)
		}
		return s
	}
	for outcome, c := range map[string]struct {
		server app.Server
		want   string
		wrong  string // the field
	}{
		"what is usual":             {server(nil), "postgres://nurse@db.local:5432/renkei", ""},
		"as a keyboard writes it":   {server(func(s *app.Server) { s.Host, s.Port = "１９２．１６８．０．２　", "５４３３" }), "postgres://nurse@192.168.0.2:5433/renkei", ""},
		"an address of six":         {server(func(s *app.Server) { s.Host = "fe80::1" }), "postgres://nurse@[fe80::1]:5432/renkei", ""},
		"no port":                   {server(func(s *app.Server) { s.Port = "" }), "postgres://nurse@db.local:5432/renkei", ""},
		"encrypted, unchecked":      {server(func(s *app.Server) { s.Security = app.Unverified }), "postgres://nurse@db.local:5432/renkei?sslmode=require", ""},
		"not encrypted":             {server(func(s *app.Server) { s.Security = app.Plain }), "postgres://nurse@db.local:5432/renkei?sslmode=disable", ""},
		"an own certificate":        {server(func(s *app.Server) { s.Certificate = " /etc/ca.crt" }), "postgres://nurse@db.local:5432/renkei?sslrootcert=%2Fetc%2Fca.crt", ""},
		"a password of any letters": {server(func(s *app.Server) { s.Password = "a/b@c ?" }), "postgres://nurse:a%2Fb%40c%20%3F@db.local:5432/renkei", ""},
		"no host":                   {server(func(s *app.Server) { s.Host = "　" }), "", app.FieldHost},
		"the beginning of a URL":    {server(func(s *app.Server) { s.Host = "postgres://db" }), "", app.FieldHost},
		"no database":               {server(func(s *app.Server) { s.Database = " " }), "", app.FieldDatabase},
		"no user":                   {server(func(s *app.Server) { s.User = "" }), "", app.FieldUser},
		"the last port":             {server(func(s *app.Server) { s.Port = "65535" }), "postgres://nurse@db.local:65535/renkei", ""},
		"a port too large":          {server(func(s *app.Server) { s.Port = "65536" }), "", app.FieldPort},
		"port 0":                    {server(func(s *app.Server) { s.Port = "0" }), "", app.FieldPort},
		"a port in words":           {server(func(s *app.Server) { s.Port = "postgresql" }), "", app.FieldPort},
	} {
		t.Run(outcome, func(t *testing.T) {
			place, problems := c.server.Place()
			assert.Equal(t, c.want, place)
			if c.wrong == "" {
				assert.Empty(t, problems)
				return
			}
			require.Len(t, problems, 1)
			assert.Equal(t, c.wrong, problems[0].Field)
		})
	}
}

func TestAURLHandedOutIsTakenApart(t *testing.T) {
	full := app.Server{Host: "db.local", Port: "5544", Database: "ward", User: "nurse", Password: "a/b", Security: app.Plain, Certificate: "/ca.crt"}
	usual := app.NewServer()
	usual.Host = "db.local"
	for text, want := range map[string]app.Server{
		"postgres://nurse:a%2Fb@db.local:5544/ward?sslmode=disable&sslrootcert=/ca.crt": full,
		" postgresql://db.local \n": usual,
		"ｐｏｓｔｇｒｅｓ：／／ｄｂ．ｌｏｃａｌ／ｒｅｎｋｅｉ":                          usual,
		"postgres://renkei@db.local/renkei?sslmode=verify-ca": usual,
	} {
		got, is := app.ServerIn(text)
		assert.True(t, is, text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{"", "db.local", "db.local:5544/ward", "postgres://", "postgres://nurse@", "postgres://db local:x/renkei", "https://db.local/renkei"} {
		_, is := app.ServerIn(text)
		assert.False(t, is, text)
	}
}

func TestAPlaceTakenApartMakesTheSamePlace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-z/@:?#% 東京]{0,7}[a-z]`)
		s := app.Server{
			Host: rapid.StringMatching(`[a-z]{1,9}(\.[a-z]{1,3})?`).Draw(t, "host"), Port: rapid.StringMatching(`[1-9][0-9]{0,3}`).Draw(t, "port"),
			Database: rapid.StringMatching(`[a-z_東京%?# ]{0,5}[a-z]`).Draw(t, "database"), User: text.Draw(t, "user"), Password: text.Draw(t, "password"),
			Security:    rapid.SampledFrom([]app.Security{app.Verified, app.Unverified, app.Plain}).Draw(t, "security"),
			Certificate: rapid.StringMatching(`(/[a-z &]{0,5}[a-z])?`).Draw(t, "certificate"),
		}
		s.User, s.Database = "u"+s.User, "d"+s.Database
		place, problems := s.Place()
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		assert.Equal(t, s, app.ServerOf(place))
		s.Password = ""
		assert.Equal(t, s, app.ServerOf(app.WithoutPassword(place)))
	})
}

func TestHowAConnectionIsProtected(t *testing.T) {
	for place, want := range map[string]app.Security{
		"postgres://a@db.local/renkei":                      app.Verified,
		"postgres://a@db.local/renkei?sslmode=require":      app.Unverified,
		"postgres://a@db.local/renkei?sslmode=disable":      app.Plain,
		"postgres://a@127.0.0.1/renkei":                     app.Plain,
		"postgres://a@localhost:5433/renkei":                app.Plain,
		"postgres://a@[::1]/renkei":                         app.Plain,
		"postgres://a@localhost/renkei?sslmode=verify-full": app.Verified,
	} {
		assert.Equal(t, want, app.SecurityOf(place), place)
	}
}

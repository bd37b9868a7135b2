package store

import (
	"cmp"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"renkei/models"
)

func closeAll(pool *sql.DB) error { return pool.Close() }

// quoted returns a name as SQL has it.
func quoted(name string) string { return pgx.Identifier{name}.Sanitize() }

// roleName is what a name may be, so that it needs no quotes in pg_hba.conf or a URL.
var roleName = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`)

// Bounds of a password, in characters.
const (
	shortestPassword = 8
	longestPassword  = 128
)

// check refuses names and passwords that cannot be used, before anything is done.
func (o Setup) check() error {
	for flag, name := range map[string]string{"--owner": o.Owner, "--app-user": o.User} {
		if name != "" && (!roleName.MatchString(name) || strings.HasPrefix(name, "pg_") || name == "public" || name == "none") {
			return models.Errorf(models.Invalid, "役割の名前「%s」は使えません。%s は半角の小文字で始まる、小文字・数字・_ の63字までの名前にしてください（pg_ で始まる名前は使えません）", name, flag)
		}
	}
	if cmp.Or(o.Owner, UsualOwner) == cmp.Or(o.User, UsualUser) {
		return oneRole()
	}
	if o.Password == "" {
		return nil
	}
	// Beyond ASCII, programs and servers prepare passwords differently.
	if strings.ContainsFunc(o.Password, func(r rune) bool { return r < '!' || r > '~' }) {
		return models.Errorf(models.Invalid, "パスワードに使えるのは、半角の英数字と記号です（空白は使えません）。パスワードのファイルを直してください")
	}
	if n := len(o.Password); n < shortestPassword || n > longestPassword {
		return models.Errorf(models.Invalid, "パスワードは%d字から%d字にしてください。パスワードのファイルを直してください", shortestPassword, longestPassword)
	}
	return nil
}

// roles are the two roles and which of them are not there yet.
type roles struct {
	owner, user       string
	newOwner, newUser bool
	otherUsers        []string // that were set up before
}

// users are all roles of the program.
func (r roles) users() []string { return append([]string{r.user}, r.otherUsers...) }

// roles finds out the names, and refuses roles that are there for something else.
func (s *setup) roles(db *gorm.DB) (r roles, err error) {
	if r, err = s.names(db); err != nil {
		return r, err
	}
	if r.owner == r.user {
		return r, oneRole()
	}
	if r.newOwner, err = checkRole(db, r.owner, false, "--owner"); err != nil {
		return r, err
	}
	r.newUser, err = checkRole(db, r.user, true, "--app-user")
	return r, err
}

func oneRole() error {
	return models.Errorf(models.Invalid, "表の持ち主（--owner）とプログラムの役割（--app-user）は、別の名前にしてください")
}

// checkRole refuses a role with other properties than are needed. missing is true if
// there is none.
func checkRole(db *gorm.DB, name string, logsIn bool, flag string) (missing bool, err error) {
	var can, login bool
	err = db.Raw(`SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls, rolcanlogin
		FROM pg_roles WHERE rolname = ?`, name).Row().Scan(&can, &login)
	why := ""
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return true, nil
	case err != nil:
		return false, err
	case can:
		why = "管理者の権限を持っています"
	case login && !logsIn:
		why = "ログインできます（表の持ち主は NOLOGIN にします）"
	case logsIn && !login:
		why = "ログインできません"
	default:
		return false, nil
	}
	return false, models.Errorf(models.Invalid, "役割「%s」はすでにあり、%s。%s で別の名前を指定するか、役割の設定を直してください", name, why, flag)
}

// names are those given, else those that the database has, else the usual ones.
func (s *setup) names(db *gorm.DB) (r roles, err error) {
	r.owner, r.user = cmp.Or(s.Owner, UsualOwner), cmp.Or(s.User, UsualUser)
	there, err := s.e.hasTable(db, "register")
	if err != nil || !there {
		return r, err
	}
	var owner string
	err = db.Raw(`SELECT coalesce(max(r.rolname), '') FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
		WHERE c.oid = 'public.register'::regclass AND NOT r.rolcanlogin`).Row().Scan(&owner)
	if err != nil {
		return r, err
	}
	var users []string
	err = db.Raw(`SELECT DISTINCT r.rolname FROM pg_class c, aclexplode(c.relacl) a JOIN pg_roles r ON r.oid = a.grantee
		WHERE c.oid = 'public.register'::regclass AND a.privilege_type = 'UPDATE' AND a.grantee <> c.relowner AND NOT r.rolsuper ORDER BY r.rolname`).
		Scan(&users).Error
	if s.Owner == "" && owner != "" {
		r.owner = owner
	}
	for i, name := range users {
		if i == 0 && s.User == "" {
			r.user = name
		} else if name != r.user {
			r.otherUsers = append(r.otherUsers, name)
		}
	}
	return r, err
}

// makeRoles makes the roles that are missing, and sets a password that was given.
func (s *setup) makeRoles(tx *gorm.DB, r roles) error {
	// A password must not come into a log, not even its verifier.
	tx = tx.Session(&gorm.Session{Logger: logger.Discard})
	if r.newOwner {
		if err := tx.Exec("CREATE ROLE " + quoted(r.owner) + " NOLOGIN").Error; err != nil {
			return err
		}
	}
	password := s.Password
	if r.newUser {
		if password == "" {
			password = newPassword()
			s.done.Password = password
		}
		if err := tx.Exec("CREATE ROLE " + quoted(r.user) + " LOGIN").Error; err != nil {
			return err
		}
	}
	if password == "" {
		return nil
	}
	salt := make([]byte, 16)
	_, _ = rand.Read(salt) // never fails
	verifier, err := scramVerifier(password, salt)
	if err != nil {
		return err
	}
	return tx.Exec("ALTER ROLE " + quoted(r.user) + " PASSWORD '" + verifier + "'").Error
}

// newPassword returns 24 random letters and digits (120 bits) without those that
// look alike.
func newPassword() string {
	const letters = "abcdefghijkmnpqrstuvwxyz23456789" // 32
	random := make([]byte, 24)
	_, _ = rand.Read(random) // never fails
	for i, b := range random {
		random[i] = letters[b%byte(len(letters))]
	}
	return string(random)
}

// scramRounds is the number of PostgreSQL.
const scramRounds = 4096

// scramVerifier is what PostgreSQL keeps of a password (RFC 5803). It is made here,
// so that the password itself never is in a statement, which servers may log.
func scramVerifier(password string, salt []byte) (string, error) {
	salted, err := pbkdf2.Key(sha256.New, password, salt, scramRounds, sha256.Size)
	if err != nil {
		return "", err
	}
	key := func(of string) []byte {
		mac := hmac.New(sha256.New, salted)
		mac.Write([]byte(of))
		return mac.Sum(nil)
	}
	stored := sha256.Sum256(key("Client Key"))
	base := base64.StdEncoding.EncodeToString
	return fmt.Sprintf("SCRAM-SHA-256$%d:%s$%s:%s", scramRounds, base(salt), base(stored[:]), base(key("Server Key"))), nil
}

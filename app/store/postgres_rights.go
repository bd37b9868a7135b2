package store

import (
	"cmp"
	"context"

	"gorm.io/gorm"

	"renkei/models"
)

// setup is one run of SetUp.
type setup struct {
	Setup
	e    *postgres
	ctx  context.Context
	done Prepared
}

// run does all in one transaction.
func (s *setup) run(tx *gorm.DB, list []migration) error {
	for _, check := range []func(*gorm.DB) error{s.e.inspect, s.checkEncoding,
		func(tx *gorm.DB) error { return s.checkAdministrator(tx, false) }} {
		if err := check(tx); err != nil {
			return err
		}
	}
	if err := tx.Exec("SELECT pg_advisory_xact_lock(?)", migrationLock).Error; err != nil {
		return err
	}
	r, err := s.roles(tx)
	if err != nil {
		return err
	}
	s.done.Owner, s.done.User, s.done.NewUser = r.owner, r.user, r.newUser
	if err := s.makeRoles(tx, r); err != nil {
		return err
	}
	if err := s.join(tx, r.owner); err != nil {
		return err
	}
	if err := s.applySteps(tx, list, r.users()); err != nil {
		return err
	}
	if err := s.own(tx, r.owner); err != nil {
		return err
	}
	for _, user := range r.users() {
		if err := s.grant(tx, user); err != nil {
			return err
		}
		if err := s.refuseMore(tx, user, r.owner); err != nil {
			return err
		}
	}
	return nil
}

func (s *setup) checkServer(db *gorm.DB) error {
	var version int
	if err := db.Raw("SELECT current_setting('server_version_num')::int").Row().Scan(&version); err != nil {
		return err
	}
	return checkVersion(version)
}

func (s *setup) checkEncoding(db *gorm.DB) error {
	var encoding string
	err := db.Raw("SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()").Row().Scan(&encoding)
	if err == nil && encoding != "UTF8" {
		err = models.Errorf(models.Invalid, "データベース「%s」の文字コードは %s です。UTF8 のデータベースを指定するか、まだない名前を指定してください", Shown(s.e.url), encoding)
	}
	return err
}

// checkAdministrator refuses a user who may not make roles or, if it is needed,
// the database.
func (s *setup) checkAdministrator(db *gorm.DB, database bool) error {
	var name string
	var roles, databases bool
	err := db.Raw("SELECT rolname, rolsuper OR rolcreaterole, rolsuper OR rolcreatedb FROM pg_roles WHERE rolname = current_user").Row().
		Scan(&name, &roles, &databases)
	switch {
	case err != nil:
		return err
	case !roles:
		return models.Errorf(models.Invalid, "利用者「%s」は、役割を作る権限（CREATEROLE）がありません。サーバーの管理者の名前で postgres://管理者@… と指定してください", name)
	case database && !databases:
		return models.Errorf(models.Invalid, "利用者「%s」は、データベースを作る権限（CREATEDB）がありません。サーバーの管理者の名前で指定するか、データベースを先に作ってもらってください", name)
	}
	return nil
}

// join makes an administrator who is no superuser a member of the owner, so that
// tables can be given to it.
func (s *setup) join(tx *gorm.DB, owner string) error {
	var has bool
	if err := tx.Raw("SELECT pg_has_role(?::name, 'USAGE')", owner).Row().Scan(&has); err != nil {
		return err
	}
	if !has {
		if err := tx.Exec("GRANT " + quoted(owner) + " TO CURRENT_USER").Error; err != nil {
			return err
		}
	}
	return tx.Exec("GRANT USAGE, CREATE ON SCHEMA public TO " + quoted(owner)).Error
}

// applySteps sets an empty database up, and brings an older one up to date if that
// is asked for.
func (s *setup) applySteps(tx *gorm.DB, list []migration, users []string) error {
	register := storeAt(s.e.url, Options{Log: s.e.log})
	before, pending, err := register.pending(tx, list)
	if err != nil {
		return err
	}
	s.done.SchemaBefore, s.done.Schema = before, list[len(list)-1].number
	switch {
	case s.Upgrade && before == 0:
		return models.Errorf(models.Invalid, "データベース「%s」は、まだ連携台帳のために用意されていません。はじめは --upgrade をつけずに行ってください", Shown(s.e.url))
	case len(pending) == 0:
		return nil
	case !s.Upgrade && before > 0:
		return models.Errorf(models.Invalid, "サーバーの台帳（%s）は古い版の形です。この版の形に直すときは --upgrade をつけて行ってください", Shown(s.e.url))
	case before > 0:
		if err := refuseConnected(tx, 0, users); err != nil {
			return err
		}
	}
	return register.applyAll(tx, pending, s.Program)
}

// tables returns the tables of the register, sorted.
func (s *setup) tables(tx *gorm.DB) (names []string, err error) {
	err = tx.Raw(`SELECT relname FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
		AND ` + notOfExtension("c") + ` ORDER BY relname COLLATE "C"`).Scan(&names).Error
	return names, err
}

// notOfExtension is the condition that an object belongs to no extension.
func notOfExtension(of string) string {
	return "NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = " + of + ".oid AND d.deptype = 'e')"
}

// own gives all that belongs to the register to its owner.
func (s *setup) own(tx *gorm.DB, owner string) error {
	var statements []string
	err := tx.Raw(`SELECT format('ALTER TABLE public.%I OWNER TO %I', relname, ?::text) FROM pg_class c
		WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_get_userbyid(relowner) <> ? AND `+notOfExtension("c")+`
		UNION ALL SELECT format('ALTER FUNCTION %s OWNER TO %I', p.oid::regprocedure, ?::text) FROM pg_proc p
		WHERE pronamespace = 'public'::regnamespace AND prokind = 'f' AND pg_get_userbyid(proowner) <> ? AND `+notOfExtension("p"),
		owner, owner, owner, owner).Scan(&statements).Error
	if err != nil {
		return err
	}
	return execAll(tx, statements)
}

// rightsBeside are the rights of the program on the tables that hold no records: what
// happened is added and never changed, the schema is only read.
var rightsBeside = map[string]string{
	"audit_log":         "SELECT, INSERT",
	"schema_migrations": "SELECT",
	"register":          "SELECT, UPDATE",
	"imports":           "SELECT, INSERT, UPDATE",
	"numbers":           "SELECT, INSERT, UPDATE",
}

// grant gives the program's role the rights it needs, and takes all others away,
// also from everybody.
func (s *setup) grant(tx *gorm.DB, user string) error {
	database, to := quoted(s.e.database()), quoted(user)
	tables, err := s.tables(tx)
	if err != nil {
		return err
	}
	statements := []string{
		"REVOKE ALL ON DATABASE " + database + " FROM PUBLIC, " + to,
		"GRANT CONNECT ON DATABASE " + database + " TO " + to,
		"REVOKE ALL ON SCHEMA public FROM PUBLIC, " + to,
		"GRANT USAGE ON SCHEMA public TO " + to,
		"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO " + to,
	}
	for _, name := range tables {
		rights := cmp.Or(rightsBeside[name], "SELECT, INSERT, UPDATE, DELETE")
		statements = append(statements, "REVOKE ALL ON "+quoted(name)+" FROM PUBLIC, "+to, "GRANT "+rights+" ON "+quoted(name)+" TO "+to)
	}
	return execAll(tx, statements)
}

// refuseMore refuses a role of the program that has more rights by another role, or
// as owner of the database.
func (s *setup) refuseMore(tx *gorm.DB, user, owner string) error {
	var more bool
	err := tx.Raw(`SELECT pg_has_role(?::name, ?::name, 'MEMBER')
		OR EXISTS (SELECT 1 FROM pg_roles r WHERE r.rolsuper AND pg_has_role(?::name, r.oid, 'MEMBER')) OR has_schema_privilege(?::name, 'public', 'CREATE')
		OR has_table_privilege(?::name, 'audit_log', 'UPDATE, DELETE, TRUNCATE') OR has_table_privilege(?::name, 'schema_migrations', 'INSERT, UPDATE, DELETE')`,
		user, owner, user, user, user, user).Row().Scan(&more)
	if err == nil && more {
		err = models.Errorf(models.Invalid, "役割「%s」は、ほかの役割を通して、変更の履歴か表の形を変えられます。ほかの役割から外す（REVOKE … FROM %s）か、--app-user で別の名前を指定してください", user, user)
	}
	return err
}

func execAll(tx *gorm.DB, statements []string) error {
	for _, statement := range statements {
		if err := tx.Exec(statement).Error; err != nil {
			return err
		}
	}
	return nil
}

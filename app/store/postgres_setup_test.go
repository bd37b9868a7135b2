package store

import (
	"cmp"
	"context"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"renkei/app/store/storetest"
	"renkei/models"
)

// ready sets a new database up. admin is its URL for the administrator, user for
// the program.
func ready(t *testing.T) (admin, user string, o Setup) {
	t.Helper()
	admin, owner, role := storetest.Unmade(t)
	o = Setup{Owner: owner, User: role, Program: "1.0.0", Log: testLog}
	done, err := SetUp(context.Background(), admin, o)
	require.NoError(t, err)
	assert.True(t, done.NewDatabase && done.NewUser)
	return admin, storetest.As(t, admin, role), o
}

// ask returns the texts a query answers.
func ask(t *testing.T, url, query string) (rows []string) {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), url)
	require.NoError(t, err)
	defer conn.Close(context.Background())
	found, err := conn.Query(context.Background(), query)
	require.NoError(t, err)
	rows, err = pgx.CollectRows(found, pgx.RowTo[string])
	require.NoError(t, err)
	return rows
}

func TestTheProgramMayDoItsWorkAndNothingElse(t *testing.T) {
	admin, user, o := ready(t)
	s := openAt(t, user)
	upsert(t, s, fullBook())
	assert.Equal(t, fullBook(), read(t, s))
	before := everythingOf(t, s)

	conn, err := pgx.Connect(context.Background(), user)
	require.NoError(t, err)
	defer conn.Close(context.Background())
	for _, statement := range []string{
		"UPDATE audit_log SET actor = 'x'", "DELETE FROM audit_log", "TRUNCATE audit_log", "DROP TABLE audit_log",
		"ALTER TABLE audit_log DISABLE TRIGGER ALL", "DROP TRIGGER audit_log_append_only ON audit_log",
		"CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
		"INSERT INTO schema_migrations VALUES (99, 'x', 'x', '', '')", "UPDATE schema_migrations SET checksum = 'x'",
		"DELETE FROM schema_migrations", "TRUNCATE schema_migrations",
		"INSERT INTO register (id, revision) VALUES (1, 1)", "DELETE FROM register", "TRUNCATE register",
		"DELETE FROM imports", "DELETE FROM numbers",
		"ALTER TABLE partners ADD COLUMN x text", "DROP TABLE closings", "CREATE TABLE x (a int)", "CREATE TEMPORARY TABLE x (a int)",
		"TRUNCATE closings", "CREATE VIEW x AS SELECT 1", "CREATE SCHEMA x", "CREATE INDEX x ON partners (name)",
		"CREATE ROLE x", "SET ROLE " + o.Owner, "ALTER TABLE partners OWNER TO " + o.User,
	} {
		_, err := conn.Exec(context.Background(), statement)
		assert.Error(t, err, statement)
	}
	assert.Equal(t, before, everythingOf(t, s))
	assert.Equal(t, []string{o.Owner}, ask(t, admin, "SELECT DISTINCT tableowner::text FROM pg_tables WHERE schemaname = 'public'"))
	assert.Equal(t, []string{o.Owner}, ask(t, admin, "SELECT DISTINCT pg_get_userbyid(proowner)::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"))

	// Nobody else may even connect.
	addGuest(t)
	_, err = Open(context.Background(), guest(admin), testOptions)
	assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
}

func TestTheRightsOnEveryTable(t *testing.T) {
	admin, _, o := ready(t)
	less := map[string]string{
		"audit_log": "INSERT SELECT", "schema_migrations": "SELECT", "register": "SELECT UPDATE",
		"imports": "INSERT SELECT UPDATE", "numbers": "INSERT SELECT UPDATE",
	}
	tables := ask(t, admin, "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")
	assert.Subset(t, tables, allTables())
	for _, name := range tables {
		rights := ask(t, admin, "SELECT coalesce(string_agg(privilege_type, ' ' ORDER BY privilege_type), '') FROM information_schema.role_table_grants WHERE grantee = '"+
			o.User+"' AND table_name = '"+name+"'")
		assert.Equal(t, cmp.Or(less[name], "DELETE INSERT SELECT UPDATE"), rights[0], name)
	}
}

// setUpState is all that a setting up may change.
func setUpState(t *testing.T, admin string, o Setup) []string {
	t.Helper()
	return ask(t, admin, `SELECT relname || ' ' || pg_get_userbyid(relowner) || ' ' || coalesce(array_to_string(array(SELECT x::text FROM unnest(relacl) x ORDER BY 1), ' '), '')
			FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
		UNION ALL SELECT proname || ' ' || pg_get_userbyid(proowner) || ' ' || coalesce(array_to_string(array(SELECT x::text FROM unnest(proacl) x ORDER BY 1), ' '), '')
			FROM pg_proc WHERE pronamespace = 'public'::regnamespace
		UNION ALL SELECT nspname || ' ' || array_to_string(array(SELECT x::text FROM unnest(nspacl) x ORDER BY 1), ' ') FROM pg_namespace WHERE nspname = 'public'
		UNION ALL SELECT datname || ' ' || pg_get_userbyid(datdba) || ' ' || array_to_string(array(SELECT x::text FROM unnest(datacl) x ORDER BY 1), ' ')
			FROM pg_database WHERE datname = current_database()
		UNION ALL SELECT row_to_json(r)::text FROM pg_authid r WHERE rolname IN ('`+o.Owner+`', '`+o.User+`')
		UNION ALL SELECT 'member ' || pg_get_userbyid(member) FROM pg_auth_members WHERE pg_get_userbyid(roleid) IN ('`+o.Owner+`', '`+o.User+`')
		UNION ALL SELECT row_to_json(m)::text FROM schema_migrations m
		ORDER BY 1`)
}

func TestASecondRunRepairsTheRightsAndChangesNothingElse(t *testing.T) {
	admin, user, o := ready(t)
	upsert(t, openAt(t, user), fullBook())
	before, all := setUpState(t, admin, o), everythingAt(t, user)
	for name, again := range map[string]Setup{"the same": o, "without the names": {Program: "2.0.0", Log: testLog}} {
		for _, spoilt := range []string{
			"SELECT 1", "GRANT UPDATE, DELETE ON audit_log TO " + o.User, "GRANT ALL ON partners TO PUBLIC", "GRANT CREATE ON SCHEMA public TO PUBLIC",
			"REVOKE INSERT ON contacts FROM " + o.User, "ALTER TABLE meetings OWNER TO admin", "ALTER FUNCTION is_day OWNER TO admin",
			"GRANT TEMPORARY ON DATABASE " + o.Owner[:len(o.Owner)-len("_owner")] + " TO PUBLIC",
			"GRANT UPDATE (actor) ON audit_log TO " + o.User,
		} {
			storetest.Do(t, admin, spoilt)
			done, err := SetUp(context.Background(), admin, again)
			require.NoError(t, err, spoilt)
			assert.Equal(t, before, setUpState(t, admin, o), "%s: %s", name, spoilt)
			assert.Equal(t, Prepared{Owner: o.Owner, User: o.User, Schema: done.Schema, SchemaBefore: done.Schema}, done)
		}
	}
	assert.Equal(t, all, everythingAt(t, user))

	// A second role for the program leaves the first as it is.
	second := o.User + "2"
	t.Cleanup(func() {
		storetest.Do(t, storetest.Server(t), "DROP OWNED BY "+second)
		storetest.Do(t, storetest.Server(t), "DROP ROLE "+second)
	})
	t.Cleanup(func() { storetest.Do(t, admin, "DROP OWNED BY "+second) })
	_, err := SetUp(context.Background(), admin, Setup{User: second, Log: testLog})
	require.NoError(t, err)
	require.NoError(t, savePartner(openAt(t, storetest.As(t, admin, second))))
	require.NoError(t, savePartner(openAt(t, user)))
}

// A database in which the administrator opened the program first is taken over.
func TestADatabaseInUseIsTakenOver(t *testing.T) {
	admin, owner, role := storetest.Unmade(t)
	config, err := pgx.ParseConfig(admin)
	require.NoError(t, err)
	storetest.Do(t, storetest.Server(t), "CREATE DATABASE "+config.Database)
	lived(t, admin, fullBook())
	before := everythingAt(t, admin)
	done, err := SetUp(context.Background(), admin, Setup{Owner: owner, User: role, Log: testLog})
	require.NoError(t, err)
	assert.False(t, done.NewDatabase)
	assert.Equal(t, before, everythingAt(t, storetest.As(t, admin, role)))
	assert.Equal(t, []string{owner}, ask(t, admin, "SELECT DISTINCT tableowner::text FROM pg_tables WHERE schemaname = 'public'"))
}

// later is the schema of a later program.
func later(t *testing.T) []migration {
	t.Helper()
	list, err := migrations(postgresSteps)
	require.NoError(t, err)
	last := list[len(list)-1].number
	return append(list, migration{last + 1, "later", `ALTER TABLE partners ADD COLUMN later TEXT COLLATE "C" NOT NULL DEFAULT ''`, "later checksum", false})
}

func TestOnlyAnUpgradeChangesTheSchema(t *testing.T) {
	ctx := context.Background()
	admin, user, o := ready(t)
	list := later(t)
	opening := func(place string) error { // a program of the later schema opens the register
		s := storeAt(place, testOptions)
		var err error
		s.writer, err = s.engine.openWriter(ctx, testOptions)
		require.NoError(t, err)
		defer s.Close()
		return s.explain(ctx, s.migrateTo(ctx, list, "2.0.0"), "")
	}
	schema := func() int { return len(ask(t, admin, "SELECT number::text FROM schema_migrations")) }
	before := schema()
	e := &postgres{url: admin, log: testLog}

	for _, place := range []string{user, admin} {
		err := opening(place)
		assert.Equal(t, models.Unavailable, models.ErrorCode(err), "%v", err)
		assert.Contains(t, models.ErrorMessage(err), "古い版の形です。サーバーの管理者が renkei setup postgres --upgrade を行うまで")
	}
	_, err := e.setUp(ctx, Setup{Log: testLog}, list)
	assert.Contains(t, models.ErrorMessage(err), "--upgrade をつけて")
	open := openAt(t, user)
	_, err = e.setUp(ctx, Setup{Upgrade: true, Log: testLog}, list)
	assert.Contains(t, models.ErrorMessage(err), "連携台帳を開いているパソコンがあります（127.0.0.1）")
	assert.Equal(t, before, schema())
	// A PC that slept comes back: it works with what it knows no more.
	storetest.Do(t, storetest.Server(t), "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name LIKE 'renkei%' AND datname = '"+e.database()+"'")

	for range 2 {
		done, err := e.setUp(ctx, Setup{Upgrade: true, Program: "2.0.0", Log: testLog}, list)
		require.NoError(t, err)
		assert.Equal(t, o.User, done.User)
		assert.Equal(t, before+1, schema())
	}
	require.Error(t, savePartner(open), "the line is dead")
	_, err = open.Revision(ctx)
	require.Error(t, err)
	err = savePartner(open)
	assert.Equal(t, models.Newer, models.ErrorCode(err), "%v", err)
	_, err = open.Revision(ctx)
	assert.Equal(t, models.Newer, models.ErrorCode(err), "%v", err)
	require.NoError(t, opening(user), "the new program works with it")
	for _, place := range []string{user, admin} {
		_, err = Open(ctx, place, testOptions)
		assert.Equal(t, models.Newer, models.ErrorCode(err), "%v", err)
		assert.Contains(t, models.ErrorMessage(err), "プログラムを新しい版に入れ替えて")
	}
	_, err = SetUp(ctx, admin, Setup{Upgrade: true, Log: testLog})
	assert.Equal(t, models.Newer, models.ErrorCode(err), "not back")
}

func TestWhatCannotBeSetUpIsSaid(t *testing.T) {
	admin, owner, role := storetest.Unmade(t)
	others := storetest.Database(t, "")
	storetest.Do(t, others, "CREATE TABLE customers (id int)")
	addGuest(t)
	server := storetest.Server(t)
	maker, former := owner[:len(owner)-len("_owner")]+"_maker", owner[:len(owner)-len("_owner")]+"_former"
	storetest.Do(t, server, "CREATE ROLE "+maker+" LOGIN CREATEROLE")
	storetest.Do(t, server, "CREATE ROLE "+former+" NOLOGIN")
	t.Cleanup(func() { storetest.Do(t, server, "DROP ROLE "+maker+", "+former) })
	latin := storetest.In(t, server, former)
	storetest.Do(t, server, "CREATE DATABASE "+former+" TEMPLATE template0 ENCODING 'LATIN1'")
	t.Cleanup(func() { storetest.Do(t, server, "DROP DATABASE "+former) })
	o := Setup{Owner: owner, User: role, Log: testLog}
	with := func(change func(*Setup)) Setup {
		changed := o
		change(&changed)
		return changed
	}
	for name, c := range map[string]struct {
		place string
		o     Setup
		says  string
	}{
		"no administrator":             {guest(admin), o, "「guest」は、役割を作る権限（CREATEROLE）がありません"},
		"no administrator, a database": {guest(storetest.Database(t, "")), o, "役割を作る権限"},
		"may make no database":         {storetest.As(t, admin, maker), o, "「" + maker + "」は、データベースを作る権限（CREATEDB）がありません"},
		"not the database's owner":     {storetest.As(t, storetest.Database(t, ""), maker), o, "そのための権限がありません"},
		"another program's":            {others, o, "別のプログラムのデータベース"},
		"not UTF-8":                    {latin, o, "文字コードは LATIN1 です"},
		"a file":                       {"/tmp/renkei.db", o, "postgres://管理者@"},
		"no database named":            {"postgres://admin@127.0.0.1/", o, "データベースの名前がありません"},
		"an owner that logs in":        {admin, with(func(o *Setup) { o.Owner = "guest" }), "役割「guest」はすでにあり、ログインできます"},
		"an owner with rights":         {admin, with(func(o *Setup) { o.Owner = "admin" }), "役割「admin」はすでにあり、管理者の権限を持っています"},
		"a user with rights":           {admin, with(func(o *Setup) { o.User = "admin" }), "役割「admin」はすでにあり、管理者の権限を持っています"},
		"a user that cannot log in":    {admin, with(func(o *Setup) { o.User = former }), "役割「" + former + "」はすでにあり、ログインできません"},
		"one role for both":            {admin, with(func(o *Setup) { o.User = owner }), "別の名前にしてください"},
		"a name with quotes":           {admin, with(func(o *Setup) { o.User = `x"; DROP` }), "役割の名前「x\"; DROP」は使えません"},
		"a name of the system":         {admin, with(func(o *Setup) { o.Owner = "pg_monitor" }), "役割の名前「pg_monitor」は使えません"},
		"a short password":             {admin, with(func(o *Setup) { o.Password = "kanja12" }), "8字から128字"},
		"a password in kana":           {admin, with(func(o *Setup) { o.Password = "れんけいだいちょう" }), "半角の英数字と記号"},
		"upgrade of nothing":           {storetest.Database(t, ""), with(func(o *Setup) { o.Upgrade = true }), "はじめは --upgrade をつけずに"},
		"upgrade, not even there":      {admin, with(func(o *Setup) { o.Upgrade = true }), "その名前のデータベースがありません"},
		"nobody listens":               {"postgres://a@127.0.0.1:1/renkei", o, "サーバーにつながりません"},
	} {
		_, err := SetUp(context.Background(), c.place, c.o)
		require.Error(t, err, name)
		assert.Contains(t, models.ErrorMessage(err), c.says, name)
		assert.NotEqual(t, models.Internal, models.ErrorCode(err), name)
		if c.o.Password != "" {
			assert.NotContains(t, err.Error(), c.o.Password, name)
		}
	}
	assert.Empty(t, ask(t, server, "SELECT datname::text FROM pg_database WHERE datname = '"+strings.TrimSuffix(owner, "_owner")+"'"), "nothing was made")
	assert.Empty(t, ask(t, server, "SELECT rolname::text FROM pg_roles WHERE rolname IN ('"+owner+"', '"+role+"')"))
	assert.ErrorContains(t, checkVersion(140_012), "古すぎます（版 14）")
	assert.NoError(t, checkVersion(150_000))
}

// Rights that come by another role cannot be taken away here.
func TestARoleThatMayMoreByAnotherIsRefused(t *testing.T) {
	admin, _, o := ready(t)
	for _, by := range []string{o.Owner, "pg_write_all_data", "pg_database_owner"} {
		grant, revoke := "GRANT "+by+" TO "+o.User, "REVOKE "+by+" FROM "+o.User
		if by == "pg_database_owner" { // nobody can be made its member
			database := o.Owner[:len(o.Owner)-len("_owner")]
			grant, revoke = "ALTER DATABASE "+database+" OWNER TO "+o.User, "ALTER DATABASE "+database+" OWNER TO admin"
		}
		storetest.Do(t, admin, grant)
		_, err := SetUp(context.Background(), admin, o)
		assert.Contains(t, models.ErrorMessage(err), "役割「"+o.User+"」は、ほかの役割を通して、変更の履歴か表の形を変えられます", by)
		storetest.Do(t, admin, revoke)
	}
	_, err := SetUp(context.Background(), admin, o)
	assert.NoError(t, err)
}

// A setting up that fails has made nothing: no database, no role.
func TestASettingUpThatFailsLeavesNothing(t *testing.T) {
	admin, owner, role := storetest.Unmade(t)
	e := &postgres{url: admin, log: testLog}
	list := later(t)
	list[len(list)-1].sql = "ALTER TABLE nowhere ADD COLUMN x TEXT"
	_, err := e.setUp(context.Background(), Setup{Owner: owner, User: role, Log: testLog}, list)
	require.Error(t, err)
	server := storetest.Server(t)
	assert.Empty(t, ask(t, server, "SELECT datname::text FROM pg_database WHERE datname = '"+e.database()+"'"))
	assert.Empty(t, ask(t, server, "SELECT rolname::text FROM pg_roles WHERE rolname IN ('"+owner+"', '"+role+"')"))

	// Nor does an upgrade that fails change anything.
	_, err = SetUp(context.Background(), admin, Setup{Owner: owner, User: role, Log: testLog})
	require.NoError(t, err)
	o := Setup{Owner: owner, User: role}
	before := setUpState(t, admin, o)
	_, err = e.setUp(context.Background(), Setup{Upgrade: true, Log: testLog}, list)
	require.Error(t, err)
	assert.Equal(t, before, setUpState(t, admin, o))
}

// An administrator who is no superuser, as on a rented server, can do all of it.
func TestAnAdministratorNeedsNotBeSuperuser(t *testing.T) {
	admin, owner, role := storetest.Unmade(t)
	maker := strings.TrimSuffix(owner, "_owner") + "_maker"
	server := storetest.Server(t)
	storetest.Do(t, server, "CREATE ROLE "+maker+" LOGIN CREATEROLE CREATEDB")
	admin = storetest.As(t, admin, maker)
	e := &postgres{url: admin, log: testLog}
	_, err := SetUp(context.Background(), admin, Setup{Owner: owner, User: role, Log: testLog})
	require.NoError(t, err)
	for range 2 {
		_, err = e.setUp(context.Background(), Setup{Upgrade: true, Log: testLog}, later(t))
		require.NoError(t, err)
	}
	assert.Equal(t, []string{owner}, ask(t, admin, "SELECT DISTINCT tableowner::text FROM pg_tables WHERE schemaname = 'public'"))
	storetest.Do(t, server, "DROP DATABASE "+e.database())
	storetest.Do(t, server, "DROP ROLE "+maker)
}

// PostgreSQL itself says what it keeps of a password.
func TestAPasswordIsKeptAsPostgreSQLKeepsIt(t *testing.T) {
	admin, _, o := ready(t)
	const password = `Renkei-2026!"$'\`
	storetest.Do(t, admin, "SET password_encryption = 'scram-sha-256'; ALTER ROLE "+o.User+" PASSWORD '"+strings.ReplaceAll(password, "'", "''")+"'")
	kept := func() string {
		return ask(t, admin, "SELECT rolpassword FROM pg_authid WHERE rolname = '"+o.User+"'")[0]
	}
	theirs := kept()
	ours, err := scramVerifier(password, saltOf(t, theirs))
	require.NoError(t, err)
	assert.Equal(t, theirs, ours)

	o.Password = password
	done, err := SetUp(context.Background(), admin, o)
	require.NoError(t, err)
	assert.Empty(t, done.Password, "it was given")
	assert.NotEqual(t, theirs, kept(), "set anew")
	ours, err = scramVerifier(password, saltOf(t, kept()))
	require.NoError(t, err)
	assert.Equal(t, kept(), ours)
}

// saltOf returns the salt of what PostgreSQL keeps: SCRAM-SHA-256$4096:salt$…
func saltOf(t *testing.T, kept string) []byte {
	t.Helper()
	_, rest, _ := strings.Cut(kept, ":")
	text, _, _ := strings.Cut(rest, "$")
	salt, err := base64.StdEncoding.DecodeString(text)
	require.NoError(t, err)
	return salt
}

func TestAGeneratedPasswordIsOfItsOwn(t *testing.T) {
	one, other := newPassword(), newPassword()
	assert.Len(t, one, 24)
	assert.NotEqual(t, one, other)
	assert.NoError(t, Setup{Password: one}.check())
}

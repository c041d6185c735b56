/// Looks for what a role could do that a reader must not.
///
/// A read-only transaction is a fence that the role itself can take down; that it may not write is the wall.
enum RoleCheck {
  /// The most facts of a kind: a few are enough.
  private static let limit = 3

  /// One row for each finding: its kind, and names.
  ///
  /// Asked are the rights of the role and of all it can become; rights on columns only where any were granted. A function
  /// with the rights of its owner is a way to write where that owner may; those of the server (whose numbers are below
  /// 16384), of extensions and of triggers, which nobody can call, are left aside.
  static let statement = """
    WITH me AS MATERIALIZED (
      SELECT oid, rolname, rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls
      FROM pg_catalog.pg_roles
      WHERE pg_catalog.pg_has_role(session_user, oid, 'MEMBER') AND NOT rolname = 'pg_database_owner'
    ), spaces AS MATERIALIZED (
      SELECT oid, nspname, nspowner FROM pg_catalog.pg_namespace
      WHERE nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
        AND nspname NOT LIKE 'pg\\_temp\\_%' AND nspname NOT LIKE 'pg\\_toast\\_temp\\_%'
    )
    (SELECT 'attribute' AS kind, a.name AS what, me.rolname::text AS who
      FROM me, LATERAL (VALUES ('SUPERUSER', rolsuper), ('CREATEDB', rolcreatedb),
        ('CREATEROLE', rolcreaterole), ('REPLICATION', rolreplication),
        ('BYPASSRLS', rolbypassrls)) AS a(name, has)
      WHERE a.has ORDER BY me.rolname <> session_user LIMIT 5)
    UNION ALL
    (SELECT 'member', rolname::text, '' FROM me
      WHERE rolname IN ('pg_write_all_data', 'pg_write_server_files', 'pg_read_server_files',
        'pg_execute_server_program', 'pg_signal_backend'))
    UNION ALL
    (SELECT 'writes', s.nspname || '.' || c.relname, ''
      FROM pg_catalog.pg_class c JOIN spaces s ON s.oid = c.relnamespace, me
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
        AND (pg_catalog.has_table_privilege(me.oid, c.oid,
            'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')
          OR c.relowner = me.oid)
      LIMIT \(limit))
    UNION ALL
    (SELECT 'writes', s.nspname || '.' || c.relname, ''
      FROM pg_catalog.pg_class c JOIN spaces s ON s.oid = c.relnamespace, me
      WHERE c.relkind = 'S' AND pg_catalog.has_sequence_privilege(me.oid, c.oid, 'USAGE, UPDATE')
      LIMIT \(limit))
    UNION ALL
    (SELECT 'writes', s.nspname || '.' || c.relname || '.' || a.attname, ''
      FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
        JOIN spaces s ON s.oid = c.relnamespace, me
      WHERE a.attacl IS NOT NULL AND a.attnum > 0
        AND pg_catalog.has_column_privilege(me.oid, c.oid, a.attnum, 'INSERT, UPDATE')
      LIMIT \(limit))
    UNION ALL
    (SELECT DISTINCT 'executes',
        pg_catalog.format('%I.%I(%s)', s.nspname, p.proname,
          pg_catalog.pg_get_function_identity_arguments(p.oid)),
        CASE WHEN pg_catalog.has_function_privilege('public', p.oid, 'EXECUTE') THEN 'PUBLIC'
          ELSE pg_catalog.quote_ident(me.rolname) END
      FROM pg_catalog.pg_proc p JOIN spaces s ON s.oid = p.pronamespace, me
      WHERE p.oid >= 16384 AND p.prosecdef
        AND p.prorettype NOT IN ('pg_catalog.trigger'::pg_catalog.regtype,
          'pg_catalog.event_trigger'::pg_catalog.regtype)
        AND pg_catalog.has_function_privilege(me.oid, p.oid, 'EXECUTE')
        AND pg_catalog.has_schema_privilege(me.oid, s.oid, 'USAGE')
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
          WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
            AND d.deptype = 'e')
        AND EXISTS (SELECT FROM pg_catalog.pg_roles o WHERE o.oid = p.proowner
          AND (o.rolsuper OR EXISTS (
            SELECT FROM pg_catalog.pg_class c JOIN spaces t ON t.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
              AND pg_catalog.has_table_privilege(o.oid, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE'))))
      LIMIT \(limit))
    UNION ALL
    (SELECT 'creates', s.nspname::text, '' FROM spaces s, me
      WHERE pg_catalog.has_schema_privilege(me.oid, s.oid, 'CREATE') LIMIT \(limit))
    UNION ALL
    (SELECT 'schemas', d.datname::text, '' FROM pg_catalog.pg_database d, me
      WHERE d.datname = pg_catalog.current_database()
        AND pg_catalog.has_database_privilege(me.oid, d.oid, 'CREATE') LIMIT 1)
    """

  /// What the rows say, once each; of a superuser no more than that, since it may do all the rest.
  static func facts(_ rows: borrowing PostgresResult) -> [RoleFact] {
    var result: [RoleFact] = []
    for row in 0..<rows.rows {
      let (what, who) = (rows.text(row, 1), rows.text(row, 2))
      let fact: RoleFact
      switch rows.text(row, 0) {
      case "attribute":
        fact = .attribute(what, role: who)
        if what == "SUPERUSER" { return [fact] }
      case "member": fact = .member(of: what)
      case "writes":
        // The column of a table that is already named adds nothing.
        if result.contains(where: { $0.isTable(of: what) }) { continue }
        fact = .writes(table: what)
      case "executes": fact = .executes(function: what, grantee: who)
      case "creates": fact = .creates(inSchema: what)
      default: fact = .createsSchemas(inDatabase: what)
      }
      if !result.contains(fact) { result.append(fact) }
    }
    return result
  }
}

extension RoleFact {
  fileprivate func isTable(of column: String) -> Bool {
    switch self {
    case .writes(let table): column.hasPrefix(table + ".")
    case .attribute, .member, .executes, .creates, .createsSchemas: false
    }
  }
}

import type pg from 'pg'
import type { Column, Key, Reference, Table, ValueKind } from './table.ts'

/**
 * Columns of an expression in an index are found through what the index depends on. A domain is looked through down to
 * the type below it. `to_jsonb` asks for what older servers do not have.
 */
const TABLES = `
WITH RECURSIVE below AS (
  SELECT oid AS type, oid AS base, typtypmod AS modifier FROM pg_type WHERE typtype <> 'd'
  UNION ALL
  SELECT t.oid, b.base, CASE WHEN t.typtypmod >= 0 THEN t.typtypmod ELSE b.modifier END
  FROM pg_type t JOIN below b ON b.type = t.typbasetype WHERE t.typtype = 'd'
)
SELECT c.oid::text, format('%I.%I', n.nspname, c.relname) AS sql,
  CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname AS name,
  (SELECT json_agg(json_build_object(
      'name', a.attname, 'type', format_type(a.atttypid, a.atttypmod), 'base', b.typname, 'category', b.typcategory,
      'modifier', CASE WHEN a.atttypmod >= 0 THEN a.atttypmod ELSE w.modifier END, 'nullable', NOT a.attnotnull,
      'own', a.attidentity <> '' OR a.attgenerated <> '',
      'checked', w.type <> w.base OR EXISTS (SELECT FROM pg_constraint k
        WHERE k.conrelid = c.oid AND k.contype = 'c' AND a.attnum = ANY (k.conkey)), 'preset', pg_get_expr(d.adbin, d.adrelid)
    ) ORDER BY a.attnum)
   FROM pg_attribute a JOIN below w ON w.type = a.atttypid JOIN pg_type b ON b.oid = w.base
   LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT json_agg(json_build_object(
      'primary', i.indisprimary,
      'nullsDiffer', coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) = false,
      'columns', (SELECT json_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND (
        a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])
        OR i.indexprs IS NOT NULL AND EXISTS (
          SELECT FROM pg_depend p WHERE p.classid = 'pg_class'::regclass AND p.objid = i.indexrelid
            AND p.refclassid = 'pg_class'::regclass AND p.refobjid = c.oid AND p.refobjsubid = a.attnum)))
    ) ORDER BY i.indisprimary DESC, i.indexrelid)
   FROM pg_index i WHERE i.indrelid = c.oid AND i.indisunique AND i.indisvalid) AS keys,
  (SELECT json_agg(json_build_object(
      'parent', f.confrelid::text, 'vouched', f.convalidated,
      'parentSql', (SELECT format('%I.%I', s.nspname, w.relname) FROM pg_class w
                    JOIN pg_namespace s ON s.oid = w.relnamespace WHERE w.oid = f.confrelid),
      'columns', (SELECT json_agg(a.attname ORDER BY k.at) FROM unnest(f.conkey) WITH ORDINALITY k(num, at)
                  JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = k.num),
      'parentColumns', (SELECT json_agg(a.attname ORDER BY k.at) FROM unnest(f.confkey) WITH ORDINALITY k(num, at)
                        JOIN pg_attribute a ON a.attrelid = f.confrelid AND a.attnum = k.num)
    ) ORDER BY array_length(f.conkey, 1) DESC, f.oid)
   FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.conparentid = 0) AS refs,
  (SELECT json_agg(t.tgname ORDER BY t.tgname) FROM pg_trigger t
   WHERE t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgenabled = 'O') AS triggers
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'
  AND NOT EXISTS (SELECT FROM pg_depend d
                  WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY c.oid`

type ColumnRow = {
  name: string
  type: string
  base: string
  category: string
  modifier: number
  nullable: boolean
  own: boolean
  checked: boolean
  preset: string | null
}

type TableRow = Pick<Table, 'oid' | 'name' | 'sql'> & {
  columns: ColumnRow[] | null
  keys: Key[] | null
  refs: Reference[] | null
  triggers: string[] | null
}

/** Another value each time, by the name of what makes it. */
const EVER_NEW = /\b(?:nextval|\w*(?:uuid|random|nanoid|cuid|ulid|ksuid|snowflake)\w*)\(/i

const kindOf = ({ base, category }: ColumnRow): ValueKind | null => {
  if (base === 'uuid') return 'uuid'
  if (base === 'date') return 'date'
  if (base === 'timestamp' || base === 'timestamptz') return 'timestamp'
  if (base === 'bytea') return 'bytes'
  if (base === 'inet') return 'address'
  if (base === 'citext' || ['text', 'varchar', 'bpchar', 'name'].includes(base)) return 'text'
  if (['int2', 'int4', 'int8', 'numeric', 'float4', 'float8'].includes(base)) return 'number'
  return category === 'T' ? 'interval' : null
}

const toColumn = (row: ColumnRow): Column => ({
  name: row.name,
  type: row.type,
  kind: kindOf(row),
  limit: (row.base === 'varchar' || row.base === 'bpchar') && row.modifier > 4 ? row.modifier - 4 : null,
  nullable: row.nullable,
  checked: row.checked,
  made: row.own || (row.preset !== null && EVER_NEW.test(row.preset)),
})

/** The app's tables: none of the system, of an extension, or of a session. */
export const readTables = async (client: pg.Client): Promise<Table[]> => {
  const { rows } = await client.query<TableRow>(TABLES)
  return rows
    .filter(({ columns }) => columns !== null)
    .map(({ columns, keys, refs, triggers, ...table }) => ({
      ...table,
      columns: (columns ?? []).map(toColumn),
      keys: keys ?? [],
      references: refs ?? [],
      triggers: triggers ?? [],
    }))
}

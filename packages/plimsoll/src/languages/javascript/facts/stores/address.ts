import ts from 'typescript'
import { bare, literalText, placeOf, property, type Script } from '../reads/syntax.ts'

/** An address of a store that no variable can change. */
export type Address = { text: string; file: string; line: number; speaks: string | null }

const URL =
  /^(postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlite|file|libsql|nats|kafka|neo4j|bolt):(?:\/\/|[./])\S+$/

/** A literal that only stands in for a variable (`process.env.X || 'postgres://…'`) can be redirected. */
const isFallback = (node: ts.Node): boolean => {
  for (let at: ts.Node = node; at.parent !== undefined; at = at.parent) {
    const parent = at.parent
    if (ts.isBinaryExpression(parent)) return /env|config|get\(/i.test(parent.left.getText())
    if (ts.isConditionalExpression(parent)) return true
    if (ts.isCallExpression(parent))
      return !/^(connect|createClient|createPool|createConnection|postgres|drizzle|pgp|knex)$/.test(
        parent.expression.getText().split('.').at(-1) ?? '',
      )
    if (ts.isPropertyAssignment(parent) && /default/i.test(parent.name.getText())) return true
    if (!ts.isParenthesizedExpression(parent) && !ts.isAsExpression(parent)) return false
  }
  return false
}

const LOCAL_FILE = /^(:memory:|(\.{0,2}\/)?[\w./-]+\.(db|sqlite3?|sqlite))$/

/** Host of a connection object with every part written out: `{ host: 'db', user: 'a', database: 'b' }`. */
const literalHost = (object: ts.ObjectLiteralExpression): string | null => {
  const host = literalText(property(object, 'host') ?? property(object, 'server') ?? undefined)
  const isConnection = ['database', 'user', 'username', 'password', 'db'].some(
    (key) => property(object, key) !== null,
  )
  if (host === null || !isConnection) return null
  const port = literalText(property(object, 'port') ?? undefined)
  return port === null ? host : `${host}:${port}`
}

const sqliteFile = (object: ts.ObjectLiteralExpression): string | null => {
  for (const key of ['filename', 'storage', 'database', 'dbName', 'file']) {
    const text = literalText(property(object, key) ?? undefined)
    if (text !== null && LOCAL_FILE.test(text)) return text
  }
  return null
}

export const readAddress = (script: Script, node: ts.Node): Address[] => {
  const made = (text: string, speaks: string | null): Address[] => {
    const place = placeOf(script, node)
    return [{ text, speaks, file: place.file, line: place.line }]
  }
  if (ts.isStringLiteralLike(node)) {
    const scheme = URL.exec(node.text)?.[1]
    return scheme === undefined || isFallback(node) ? [] : made(node.text, scheme.replace('+srv', ''))
  }
  if (ts.isNewExpression(node)) {
    const first = node.arguments?.[0]
    const text = literalText(first === undefined ? undefined : bare(first))
    return text !== null && LOCAL_FILE.test(text) ? made(text, 'sqlite') : []
  }
  if (!ts.isObjectLiteralExpression(node)) return []
  const file = sqliteFile(node)
  if (file !== null) return made(file, 'sqlite')
  const host = literalHost(node)
  return host === null ? [] : made(host, null)
}

import ts from 'typescript'
import { bare, keyOf, literalOf } from '../instruments/source/script-nodes.ts'

const CODES: Readonly<Record<number, string>> = {
  400: 'BAD_REQUEST',
  409: 'CONFLICT',
  429: 'TOO_MANY_REQUESTS',
  503: 'SERVICE_UNAVAILABLE',
}

const UPPER = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/
const LOWER = /^[a-z]+(?:_[a-z]+)+$/

const isCode = (text: string) => UPPER.test(text) || LOWER.test(text)

type Wanted = {
  status: number
  /** without quotes in it */
  said: string
  /** whether an expression is what the other body says: `error.message` */
  tells(node: ts.Expression): boolean
  /** nothing that mentions it is taken over; null where everything may be */
  error: string | null
}

function* leavesOf(body: ts.ObjectLiteralExpression): Generator<ts.Expression> {
  for (const one of body.properties) {
    if (!ts.isPropertyAssignment(one)) continue
    const plain = bare(one.initializer)
    if (ts.isObjectLiteralExpression(plain)) yield* leavesOf(plain)
    else yield plain
  }
}

/** The one value of a body that is meant for people. */
const messageIn = (body: ts.ObjectLiteralExpression, { tells }: Wanted): ts.Expression | null => {
  const leaves = [...leavesOf(body)]
  const told = leaves.find(tells)
  if (told !== undefined) return told
  const texts = leaves.filter(ts.isStringLiteralLike).filter(({ text }) => !isCode(text))
  return [...texts].sort((a, b) => b.text.length - a.text.length)[0] ?? null
}

const leafText = (node: ts.Expression, message: ts.Expression, wanted: Wanted): string | null => {
  const { status, said, error } = wanted
  if (node === message) return `'${said}'`
  const text = literalOf(node)
  const code = CODES[status] ?? 'ERROR'
  if (text !== null && isCode(text)) return `'${UPPER.test(text) ? code : code.toLowerCase()}'`
  if (ts.isNumericLiteral(node) && /^[45]\d\d$/.test(node.text)) return String(status)
  const isOfError = error !== null && new RegExp(`\\b${error}\\b`).test(node.getText())
  return isOfError || /\bstatus/i.test(node.getText()) ? null : node.getText()
}

const written = (body: ts.ObjectLiteralExpression, message: ts.Expression, wanted: Wanted): string | null => {
  const parts: string[] = []
  for (const one of body.properties) {
    if (!ts.isPropertyAssignment(one)) return null
    const plain = bare(one.initializer)
    if (/\.stack$/.test(plain.getText()) || keyOf(one.name) === 'stack') continue
    const value = ts.isObjectLiteralExpression(plain)
      ? written(plain, message, wanted)
      : leafText(plain, message, wanted)
    if (value === null) return null
    parts.push(`${one.name.getText()}: ${value}`)
  }
  return `{ ${parts.join(', ')} }`
}

/** A body in the shape of another one of the project, which says something else; null where it cannot be told how. */
export const bodyLike = (body: ts.Expression, wanted: Wanted): string | null => {
  const plain = bare(body)
  if (!ts.isObjectLiteralExpression(plain)) return null
  const message = messageIn(plain, wanted)
  return message === null ? null : written(plain, message, wanted)
}

import ts from 'typescript'
import { addProperties } from '../../instruments/source/edit/add-properties.ts'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import {
  bare,
  callsOf,
  importsOf,
  literalOf,
  methodOf,
  nameOf,
  propertyOf,
} from '../../instruments/source/script-nodes.ts'
import { codeFiles } from '../code-files.ts'
import { defineFixer } from '../define.ts'
import { openEdits, patchOf } from '../patch-of.ts'

const PARSERS =
  /^(?:json|urlencoded|raw|text|bodyParser|bodyparser|koaBody|koaBodyparser|body|useBodyParser)$/i
const OPTIONS = ['limit', 'jsonLimit', 'formLimit', 'textLimit', 'xmlLimit', 'bodyLimit']
const SERVERS = /(?:^|\.)(?:fastify|FastifyAdapter)$/i
const LARGE = /^\s*(?:(?:[5-9]\d|\d{3,})(?:\.\d+)?\s*mb|[\d.]+\s*[gt]b)\s*$/i
const LARGE_BYTES = 50 * 1024 * 1024
const UNPACKS: ReadonlySet<string> = new Set([
  'gunzipSync',
  'inflateSync',
  'brotliDecompressSync',
  'unzipSync',
])

const product = (node: ts.Expression): number | null => {
  const plain = bare(node)
  if (ts.isNumericLiteral(plain)) return Number(plain.text)
  if (ts.isIdentifier(plain) && plain.text === 'Infinity') return Number.POSITIVE_INFINITY
  if (!ts.isBinaryExpression(plain) || plain.operatorToken.kind !== ts.SyntaxKind.AsteriskToken) return null
  const [left, right] = [product(plain.left), product(plain.right)]
  return left === null || right === null ? null : left * right
}

const isLarge = (node: ts.Expression): boolean => {
  const text = literalOf(bare(node))
  return text === null ? (product(node) ?? 0) >= LARGE_BYTES : LARGE.test(text)
}

/** One megabyte, in the way that the place writes it. */
const bounded = (node: ts.Expression) => (literalOf(bare(node)) === null ? '1_048_576' : "'1mb'")

const boundParsers = (edit: Edit) => {
  for (const call of callsOf(edit.source)) {
    if (!PARSERS.test(methodOf(call)) && !SERVERS.test(nameOf(call.expression))) continue
    for (const given of call.arguments ?? [])
      for (const name of OPTIONS) {
        const value = propertyOf(given, name)
        if (value !== null && isLarge(value)) edit.replace(value, bounded(value))
      }
  }
}

const UPLOAD_LIMITS = 'limits: { fileSize: 5_000_000, files: 5 }'

const boundUploads = (edit: Edit) => {
  const imports = importsOf(edit.source)
  for (const call of callsOf(edit.source)) {
    if (!ts.isIdentifier(call.expression) || imports.get(call.expression.text)?.from !== 'multer') continue
    const [given] = call.arguments ?? []
    const options = given === undefined ? null : bare(given)
    if (options === null) edit.insert(call.end - 1, `{ ${UPLOAD_LIMITS} }`)
    else if (ts.isObjectLiteralExpression(options) && propertyOf(options, 'limits') === null)
      addProperties(edit, options, [UPLOAD_LIMITS])
  }
}

const boundUnpacking = (edit: Edit) => {
  for (const call of callsOf(edit.source)) {
    if (!UNPACKS.has(methodOf(call)) || call.arguments?.length !== 1) continue
    const [packed] = call.arguments
    if (packed !== undefined) edit.insert(packed.end, ', { maxOutputLength: 1_048_576 }')
  }
}

type Bound = (edit: Edit) => void

const boundFor = (subject: string, title: string): Bound | null => {
  if (/compressed request bodies/.test(subject)) return boundUnpacking
  if (/^Uploads are taken/.test(title)) return boundUploads
  if (/large request bodies/.test(subject) || /without a limit|50 MB or more/.test(title)) return boundParsers
  return null
}

/** **Contract:** reads, never writes; nothing where a limit comes from elsewhere, or bodies are read by hand. */
export default defineFixer({
  id: 'body-bound',
  title: 'Bound what one request may send',
  repairs: ['body-limit-off', 'exhaustion'],
  propose: async (finding, source) => {
    const bound = boundFor(finding.subject, finding.title)
    const places = finding.places?.map(({ file }) => file)
    const edits = openEdits(source)
    if (bound === null) return []
    for (const { file } of codeFiles(source)) {
      const edit = places === undefined || places.includes(file) ? edits.of(file) : null
      if (edit !== null) bound(edit)
    }
    return patchOf(finding, 'body-bound', 'Refuse bodies beyond a limit', edits)
  },
})

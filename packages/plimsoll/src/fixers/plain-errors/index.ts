import ts from 'typescript'
import type { Edit } from '../../instruments/source/edit/open-edit.ts'
import { around, bare, nodesOf } from '../../instruments/source/script-nodes.ts'
import { answersIn, type HandlerAnswer } from '../answers-in.ts'
import { defineFixer } from '../define.ts'
import { type ErrorHandler, findErrorHandlers } from '../find-error-handlers.ts'
import { findServer } from '../find-servers.ts'
import { openEdits, patchOf } from '../patch-of.ts'
import { addHandler } from './add-handler.ts'

const PLAIN = "'internal error'"

const isOf = (node: ts.Expression, error: string, properties: readonly string[]) => {
  const text = bare(node).getText().replaceAll('?.', '.')
  return properties.some((one) => text === `${error}.${one}`)
}

/** The whole error, or its text. */
const tells = (node: ts.Expression, error: string) =>
  isOf(node, error, ['message', 'stack', 'toString()']) ||
  [error, `String(${error})`, `\`\${${error}}\``].includes(bare(node).getText())

/** A name for the status that the handler does not use yet. */
const nameFor = (body: ts.Node): string =>
  ['status', 'statusCode', 'answerStatus'].find(
    (name) =>
      ![...nodesOf(body)].some((node) => ts.isIdentifier(node) && node.text === name && !isMember(node)),
  ) ?? 'statusOfAnswer'

const isMember = (node: ts.Identifier) =>
  ts.isPropertyAccessExpression(node.parent) && node.parent.name === node

/** In a statement of its own: `reply.status(…)` */
const isStatusSet = ({ answer, body }: ErrorHandler) =>
  ts.isBlock(body) &&
  body.statements.some(
    (one) =>
      new RegExp(`^${answer}\\.(?:status|code)\\([^]*\\);?$`).test(one.getText()) &&
      !/\.(?:json|send)\(/.test(one.getText()),
  )

/** A text by which the status can be asked for; a status that is computed is kept under a name first. */
const statusText = (
  edit: Edit,
  handler: ErrorHandler,
  { status, statement }: HandlerAnswer,
): string | number | null => {
  if (handler.framework === 'koa') return `${handler.answer}.status`
  if (status === null) return isStatusSet(handler) ? `${handler.answer}.statusCode` : null
  const plain = bare(status)
  if (ts.isNumericLiteral(plain)) return Number(plain.text)
  if (ts.isIdentifier(plain)) return plain.text
  if (statement === null) return null
  const name = nameFor(handler.body)
  edit.before(statement, `const ${name} = ${edit.raw(status)}`)
  edit.replace(status, name)
  return name
}

const removeProperty = (edit: Edit, property: ts.PropertyAssignment) => {
  if (!ts.isObjectLiteralExpression(property.parent)) return
  const { properties } = property.parent
  const at = properties.indexOf(property)
  const [before, after] = [properties[at - 1], properties[at + 1]]
  if (before !== undefined) edit.overwrite(before.end, property.end, '')
  else edit.overwrite(property.getStart(edit.source), after?.getStart(edit.source) ?? property.end, '')
}

/** Properties of an object, and of those that it holds. */
const assignedIn = (object: ts.ObjectLiteralExpression): ts.PropertyAssignment[] =>
  object.properties.filter(ts.isPropertyAssignment).flatMap((one) => {
    const plain = bare(one.initializer)
    return ts.isObjectLiteralExpression(plain) ? assignedIn(plain) : [one]
  })

type Told = { stacks: ts.PropertyAssignment[]; texts: ts.Expression[] }

const toldBy = (content: ts.Expression, error: string): Told => {
  const plain = bare(content)
  if (!ts.isObjectLiteralExpression(plain)) return { stacks: [], texts: tells(plain, error) ? [plain] : [] }
  const given = assignedIn(plain)
  return {
    stacks: given.filter(({ initializer }) => isOf(initializer, error, ['stack'])),
    texts: given
      .map(({ initializer }) => initializer)
      .filter((one) => tells(one, error) && !isOf(one, error, ['stack'])),
  }
}

/** Behind a condition of its own an answer was thought about: `if (error.statusCode < 500) return …`. */
const isChosen = ({ content }: HandlerAnswer, body: ts.Node): boolean => {
  for (const at of around(content)) {
    if (at === body) return false
    if (ts.isIfStatement(at)) return true
  }
  return false
}

const mendAnswer = (edit: Edit, handler: ErrorHandler, answer: HandlerAnswer): boolean => {
  const { stacks, texts } = toldBy(answer.content, handler.error)
  for (const one of stacks) removeProperty(edit, one)
  if (texts.length === 0 || isChosen(answer, handler.body)) return stacks.length > 0
  const { status } = answer
  const literal = status === null ? null : bare(status)
  if (literal !== null && ts.isNumericLiteral(literal) && Number(literal.text) < 500) return stacks.length > 0
  const by = statusText(edit, handler, answer)
  const message = `${handler.error}.message`
  for (const one of texts) {
    const isWhole = one === bare(answer.content) && !isOf(one, handler.error, ['message', 'stack'])
    const text = isWhole ? `{ error: ${PLAIN} }` : PLAIN
    edit.replace(one, typeof by === 'string' && !isWhole ? `${by} < 500 ? ${message} : ${PLAIN}` : text)
  }
  return true
}

/** What is no longer told to the caller has to be told to somebody. */
const logFirst = (edit: Edit, { body, error, request, framework }: ErrorHandler) => {
  if (!ts.isBlock(body) || /\.(?:error|warn|fatal|log)\(/.test(edit.raw(body))) return
  const [first] = body.statements
  const log = framework === 'fastify' && request !== null ? `${request}.log` : 'console'
  if (first !== undefined) edit.before(first, `${log}.error(${error})`)
}

/** **Contract:** reads, never writes; nothing where no answer of the handler tells of the error. */
export default defineFixer({
  id: 'plain-errors',
  title: 'Answer errors without what is inside',
  repairs: ['error-hygiene', 'store-errors', 'contract', 'injection'],
  propose: async (finding, source) => {
    if (!/content(?: of error answers)?$/.test(finding.subject)) return []
    const edits = openEdits(source)
    const handlers = findErrorHandlers(source)
    for (const handler of handlers) {
      const edit = edits.of(handler.file)
      if (edit === null) continue
      const mended = answersIn(handler).map((answer) => mendAnswer(edit, handler, answer))
      if (mended.includes(true)) logFirst(edit, handler)
    }
    const server = handlers.length === 0 ? findServer(source) : null
    if (server !== null) addHandler(edits, server)
    return patchOf(finding, 'plain-errors', 'Answer errors with a fixed message, and log the rest', edits)
  },
})

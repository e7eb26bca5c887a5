import type ts from 'typescript'
import { callsOf, literalOf, methodOf } from '../../instruments/source/script-nodes.ts'
import type { Finding } from '../../model/verdict.ts'
import { defineFixer } from '../define.ts'
import { findColumns } from '../find-columns.ts'
import { type FoundStatement, findStatements, plainSql } from '../find-statements.ts'
import { type Edits, openEdits, patchOf } from '../patch-of.ts'
import { askEach } from './ask-each.ts'
import { askForAll } from './ask-for-all.ts'
import { findLoop, isOfRow, isSteady, type Loop } from './find-loop.ts'
import { askInFunction, findStep } from './in-function.ts'
import { writeEach, writeForAll } from './rewrite.ts'

const repeatedIn = ({ evidence }: Finding): string => {
  for (const one of evidence) if (one.kind === 'statements') return plainSql(one.statements[0]?.sql ?? '')
  return ''
}

/** A statement in the loop that changes something may change what the next row would read. */
const changesNothing = ({ body }: Loop): boolean =>
  ![...callsOf(body)].some(
    (call) =>
      /^(?:insert|update|delete|save|create|destroy)$/.test(methodOf(call)) ||
      /^\s*(?:insert|update|delete)\b/i.test(literalOf(call.arguments?.[0]) ?? ''),
  )

/** Numbers of the parameters that each row has for itself; null where one is neither that nor the same for all. */
const ownIn = (values: readonly ts.Expression[], loop: Loop): number[] | null => {
  const own = values.flatMap((value, index) => (isOfRow(value, loop.item) ? [index + 1] : []))
  const isClear = values.every((value, index) => own.includes(index + 1) || isSteady(value, loop))
  return isClear && own.length > 0 ? own : null
}

/** Nothing in the literal would read otherwise in a template. */
const isAsSent = ({ text, call }: FoundStatement) =>
  text.getText(call.getSourceFile()).slice(1, -1) === text.text && !/`|\$\{/.test(text.text)

type Tables = () => ReturnType<typeof findColumns>

const inLoop = (edits: Edits, found: FoundStatement, loop: Loop, tables: Tables): boolean => {
  const own = ownIn(found.values, loop)
  const edit = edits.of(found.file)
  const [nth, another] = own ?? []
  if (own === null || edit === null || nth === undefined) return false
  const all = another === undefined ? askForAll(found.sql, nth) : null
  if (all !== null) return writeForAll(edit, found, loop, all, nth)
  const each = askEach(found.sql, own, tables())
  return each !== null && writeEach(edit, found, loop, each)
}

/** **Contract:** reads, never writes; nothing where the rows of several keys could not be told apart. */
export default defineFixer({
  id: 'join-instead-of-loop',
  title: 'Ask once for all rows of a list',
  repairs: ['query-count'],
  propose: async (finding, source) => {
    const repeated = repeatedIn(finding)
    const edits = openEdits(source)
    const tables = () => findColumns(source)
    const sent = findStatements(source).filter(
      (one) => one.sql === repeated && one.text.parent === one.call && isAsSent(one),
    )
    const [found, another] = sent.filter(({ call }) => findLoop(call) !== null)
    const [only, other] = sent
    const title = 'Ask once for the rows of all keys of the list'
    if (found !== undefined && another === undefined) {
      const loop = findLoop(found.call)
      const isMended = loop !== null && changesNothing(loop) && inLoop(edits, found, loop, tables)
      return isMended ? patchOf(finding, 'join-instead-of-loop', title, edits) : []
    }
    const step =
      found === undefined && only !== undefined && other === undefined ? findStep(source, only) : null
    if (step === null || !changesNothing(step.loop)) return []
    return askInFunction(edits, step, tables()) ? patchOf(finding, 'join-instead-of-loop', title, edits) : []
  },
})

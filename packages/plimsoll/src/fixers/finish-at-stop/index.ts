import type { Project } from '../../instruments/source/project.ts'
import { defineFixer } from '../define.ts'
import { findPools } from '../find-pools.ts'
import { type FoundServer, findServer, type Listens } from '../find-servers.ts'
import { type Edits, openEdits, patchOf } from '../patch-of.ts'
import { reachPool } from '../reach-pool.ts'
import { keepServer } from './keep-server.ts'
import { findHandler, mendHandler } from './mend-handler.ts'

/** Below the thirty seconds that orchestrators give. */
const LONGEST_MS = '10_000'

const lines = (text: readonly (string | false)[]) => text.filter((line) => line !== false).join('\n')

const closingOf = (receiver: string, ends: readonly string[], isPromise: boolean) =>
  isPromise
    ? lines([
        "process.once('SIGTERM', async () => {",
        `  setTimeout(() => process.exit(1), ${LONGEST_MS}).unref()`,
        `  await ${receiver}.close()`,
        ...ends.map((end) => `  await ${end}.end()`),
        '  process.exit(0)',
        '})',
      ])
    : lines([
        "process.once('SIGTERM', () => {",
        `  setTimeout(() => process.exit(1), ${LONGEST_MS}).unref()`,
        `  ${receiver}.close(${ends.length > 0 ? 'async ' : ''}() => {`,
        ...ends.map((end) => `    await ${end}.end()`),
        '    process.exit(0)',
        '  })',
        '})',
      ])

const poolsWithin = (source: Project, edits: Edits, listens: Listens): string[] => {
  const edit = edits.of(listens.file)
  if (edit === null) return []
  return findPools(source).flatMap((pool) => {
    const name = pool.kind === 'Pool' ? reachPool(edits, edit, pool) : null
    return name === null ? [] : [name]
  })
}

const addHandler = (source: Project, edits: Edits, server: FoundServer, listens: Listens) => {
  const edit = edits.of(listens.file)
  if (edit === null) return
  if (server.framework === 'nestjs') {
    const isOn = listens.source.text.includes('enableShutdownHooks(')
    if (!isOn) edit.before(listens.statement, `${listens.receiver}.enableShutdownHooks()`)
    return
  }
  const isPromise = server.framework === 'fastify'
  const receiver = isPromise ? listens.receiver : keepServer(edit, listens)
  if (receiver === null) return
  const ends = poolsWithin(source, edits, listens)
  edit.after(listens.statement, closingOf(receiver, ends, isPromise), { gap: true })
}

/** **Contract:** reads, never writes; nothing where the signal is handled in a way that is not understood. */
export default defineFixer({
  id: 'finish-at-stop',
  title: 'Finish what is in flight when the process is told to stop',
  repairs: ['graceful-shutdown'],
  propose: async (finding, source) => {
    const server = findServer(source)
    const listens = server?.listens ?? null
    if (server === null || listens === null || !finding.subject.startsWith('SIGTERM: ')) return []
    const edits = openEdits(source)
    const handler = findHandler(source)
    if (handler === null) addHandler(source, edits, server, listens)
    else mendHandler(edits, handler, server, listens)
    return patchOf(finding, 'finish-at-stop', 'On SIGTERM answer what is in flight, then exit', edits)
  },
})

import { chmod, copyFile, mkdir, rm } from 'node:fs/promises'
import { createServer, type Socket } from 'node:net'
import { delimiter, join } from 'node:path'
import type { Outbound } from '../../model/outbound.ts'
import { assetPath } from '../assets/read-asset.ts'
import { innerPid } from '../process/inner-pid.ts'
import type { Supervisor } from '../process/process.ts'
import { createAnswers } from './answer.ts'
import { Question } from './question.ts'
import { openTally } from './tally.ts'

/** Holds the processes of one lab back from everything that is not the lab's and not declared. */
export type Confinement = {
  /** the same supervisor, each of whose processes is held back from its start, with its children */
  supervisor: Supervisor
  /** lets a place through that is the lab's without being waited at by a process of the lab */
  admit(host: string, port: number): void
  /** every address outside the lab that was asked for so far, oldest first */
  outbound(): Outbound[]
  /** true when a process said that it is held back; one without our preload, or in another language, never does */
  holds(pid: number): boolean
  /**
   * tells what the lab does from now on: a step, an operation; the function that is returned ends it, and says which
   * addresses were refused meanwhile
   */
  during(what: string): () => string[]
  close(): Promise<void>
}

export type ConfinementOptions = {
  supervisor: Supervisor
  /** entries of `outbound` in the configuration */
  declared: readonly string[]
}

const MOST_QUESTION = 10_000

let opened = 0

/** What is said at once must be one thing, or nobody knows which of them it was. */
const openOccasions = () => {
  const now = new Map<symbol, string>()
  return {
    during: (what: string) => {
      const key = Symbol(what)
      now.set(key, what)
      return () => void now.delete(key)
    },
    doing: () => {
      const distinct = new Set(now.values())
      const [only] = distinct
      return distinct.size === 1 && only !== undefined ? only : null
    },
  }
}

/** The program's own options and folders come after ours. */
const dress = (env: Readonly<Record<string, string>>, dir: string): Record<string, string> => {
  const before = (own: string, name: string, joint: string) => {
    const given = env[name]
    return { [name]: given === undefined || given === '' ? own : `${own}${joint}${given}` }
  }
  return {
    ...env,
    ...before(`--require ${JSON.stringify(join(dir, 'node.cjs'))}`, 'NODE_OPTIONS', ' '),
    ...before(dir, 'PYTHONPATH', delimiter),
  }
}

const parse = (text: string): Question | null => {
  try {
    return Question.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const readLine = (socket: Socket): Promise<string> =>
  new Promise((resolve) => {
    let text = ''
    socket.setEncoding('utf8')
    socket.on('data', (part: string) => {
      text += part
      if (text.includes('\n') || text.length > MOST_QUESTION) resolve(text)
    })
    socket.on('error', () => socket.destroy())
    socket.once('close', () => resolve(text))
  })

/**
 * Puts the preloads and the socket at which they ask into a folder below the supervisor's scratch folder.
 * **Contract:** `close` ends the listening; processes that still live are refused everything from then on.
 */
export const openConfinement = async (options: ConfinementOptions): Promise<Confinement> => {
  const { supervisor, declared } = options
  opened += 1
  const dir = join(supervisor.scratchDir, `border-${opened}`)
  await mkdir(dir)
  // A server that gives up its rights at its start still has to reach its preload.
  await chmod(dir, 0o755)
  for (const file of ['node.cjs', 'sitecustomize.py']) {
    await copyFile(assetPath(`confine/${file}`), join(dir, file))
    await chmod(join(dir, file), 0o644)
  }
  const tally = openTally()
  const held = new Set<number>()
  const occasions = openOccasions()
  const answers = createAnswers({
    declared,
    folders: [supervisor.scratchDir],
    members: () => supervisor.members(),
    doing: occasions.doing,
    tally,
  })
  const sockets = new Set<Socket>()
  const speak = async (socket: Socket) => {
    const question = parse(await readLine(socket))
    if (question === null) return socket.destroy()
    if (question.kind === 'hello') held.add(question.pid)
    socket.end(JSON.stringify(await answers.answer(question)))
  }
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    speak(socket).catch(() => socket.destroy())
  })
  const door = join(dir, 'door')
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(door, () => resolve())
  })
  await chmod(door, 0o777)
  // The proof may end while it still listens.
  server.unref()
  const dressed = <Options extends { env: Readonly<Record<string, string>> }>(given: Options): Options => ({
    ...given,
    env: dress(given.env, dir),
  })
  return {
    supervisor: {
      ...supervisor,
      spawn: (given) => supervisor.spawn(dressed(given)),
      run: (given) => supervisor.run(dressed(given)),
    },
    admit: answers.admit,
    outbound: () => tally.all(),
    holds: (pid) => held.has(innerPid(pid)),
    during: (what) => {
      const end = occasions.during(what)
      const sinceMs = performance.now()
      return () => {
        end()
        return tally.refusedSince(sinceMs, what)
      }
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await rm(dir, { recursive: true, force: true })
    },
  }
}

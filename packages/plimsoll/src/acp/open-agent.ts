import { isAbsolute } from 'node:path'
import type { Assembled, SessionWishes } from '../agent/assemble/assemble-session.ts'
import { findSession } from '../agent/journal/session-places.ts'
import { listSessions } from '../agent/journal/summarise.ts'
import type { Outcome } from '../agent/loop/events.ts'
import { asFault } from '../base/errors/fault.ts'
import {
  type AgentApp,
  type AgentContext,
  agent,
  methods,
  PROTOCOL_VERSION,
  RequestError,
  type SessionModeState,
  type SessionUpdate,
  type StopReason,
} from '../vendor/acp.ts'
import { askChoice, askPermission } from './ask-editor.ts'
import { editorServers } from './editor-servers.ts'
import { createUpdates } from './event-updates.ts'
import { historyUpdates } from './history-updates.ts'
import { promptText } from './prompt-text.ts'

/** What the protocol is served on: handed in by the command, so that a test can give a scripted model. */
export type AcpSurface = {
  version: string
  assemble(dir: string, wishes: SessionWishes, told: { onNote(text: string): void }): Promise<Assembled>
  /** what a session came to, as Markdown for the end of the answer */
  renderOutcome(outcome: Outcome): string
}

type Open = {
  session: Assembled
  mode: string
  stop: AbortController | null
  /** the prompt that it is at */
  run: Promise<Outcome> | null
  notes: string[]
}

/** What a prompt writes last still belongs into the journal, so that is closed behind it. */
const end = async ({ stop, run, session }: Open, reason: string) => {
  stop?.abort(reason)
  await run?.catch(() => undefined)
  await session.close()
}

const AGENT = 'agent'
const READ_ONLY = 'read-only'

const modesOf = (currentModeId: string): SessionModeState => ({
  currentModeId,
  availableModes: [
    { id: AGENT, name: 'Agent', description: 'Changes files and proves what it changed' },
    { id: READ_ONLY, name: 'Read only', description: 'Reads, explains and proves; changes nothing' },
  ],
})

const NOTHING_SPENT = { dollars: null, tokens: null, turns: null, minutes: null }

const STOPS: Readonly<Partial<Record<Outcome['kind'], StopReason>>> = {
  interrupted: 'cancelled',
  budget: 'max_turn_requests',
}

/** A fault as the protocol tells it: the sentence and the hint, with our code as data. */
const refuse = (thrown: unknown): RequestError => {
  if (thrown instanceof RequestError) return thrown
  const { code, kind, message, hint } = asFault(thrown)
  const data = { code, hint }
  const text = `${message} ${hint}`
  return kind === 'usage' ? RequestError.invalidParams(data, text) : RequestError.internalError(data, text)
}

const guarded =
  <Context, Result>(handle: (context: Context) => Promise<Result>) =>
  (context: Context): Promise<Result> =>
    handle(context).catch((thrown: unknown) => {
      throw refuse(thrown)
    })

/** Updates reach the editor in the order of the events, and all of them before the answer. */
const createSender = (client: AgentContext, sessionId: string) => {
  let last: Promise<unknown> = Promise.resolve()
  return {
    send: (updates: readonly SessionUpdate[]) => {
      for (const update of updates) {
        last = last
          .then(() => client.notify(methods.client.session.update, { sessionId, update }))
          .catch(() => undefined)
      }
    },
    settled: () => last,
  }
}

/** The Agent Client Protocol, for one editor. `close` ends every session that it opened. */
export const openAgent = (surface: AcpSurface): { app: AgentApp; close(): Promise<void> } => {
  const opened = new Map<string, Open>()
  const find = (sessionId: string): Open => {
    const open = opened.get(sessionId)
    if (open === undefined) throw RequestError.invalidParams({ sessionId }, 'there is no such session')
    return open
  }
  const start = async (dir: string, wishes: Pick<SessionWishes, 'resume' | 'servers'>) => {
    if (!isAbsolute(dir)) throw RequestError.invalidParams({ cwd: dir }, 'cwd has to be an absolute path')
    const notes: string[] = []
    const whole = { agent: null, model: null, budget: NOTHING_SPENT, ...wishes }
    const session = await surface.assemble(dir, whole, { onNote: (text) => void notes.push(text) })
    const sessionId = await session.start().catch(async (thrown: unknown) => {
      await session.close()
      throw thrown
    })
    opened.set(sessionId, { session, mode: AGENT, stop: null, run: null, notes })
    return { session, sessionId }
  }
  const prompt = async (open: Open, sessionId: string, text: string, client: AgentContext) => {
    if (open.stop !== null) throw RequestError.invalidRequest({ sessionId }, 'it is still at the last prompt')
    const stop = new AbortController()
    open.stop = stop
    const { session, notes } = open
    const editor = { client, sessionId, root: session.root, signal: stop.signal }
    const { send, settled } = createSender(client, sessionId)
    const toUpdates = createUpdates(session.root)
    const sendNotes = () => {
      for (const note of notes.splice(0)) send(toUpdates({ kind: 'note', text: note }))
    }
    try {
      open.run = session.run(text, {
        signal: stop.signal,
        readOnly: open.mode === READ_ONLY,
        onEvent: (event) => {
          sendNotes()
          send(toUpdates(event))
        },
        approve: (approval) => settled().then(() => askPermission(editor, approval)),
        ask: (question, choices) => settled().then(() => askChoice(editor, question, choices)),
      })
      const outcome = await open.run
      const said = { type: 'text' as const, text: `\n\n${surface.renderOutcome(outcome)}` }
      send([{ sessionUpdate: 'agent_message_chunk', content: said }])
      return outcome
    } finally {
      open.stop = null
      open.run = null
      sendNotes()
      await settled()
    }
  }

  const app = agent({ name: 'plimsoll' })
    .onRequest(methods.agent.initialize, ({ params }) => ({
      protocolVersion: Math.min(params.protocolVersion, PROTOCOL_VERSION),
      agentCapabilities: {
        loadSession: true,
        promptCapabilities: { embeddedContext: true },
        mcpCapabilities: { http: true },
        sessionCapabilities: { list: {}, close: {} },
      },
      agentInfo: { name: 'plimsoll', title: 'Plimsoll', version: surface.version },
      authMethods: [],
    }))
    .onRequest(
      methods.agent.session.new,
      guarded(async ({ params }) => {
        const { sessionId } = await start(params.cwd, {
          resume: null,
          servers: editorServers(params.mcpServers),
        })
        return { sessionId, modes: modesOf(AGENT) }
      }),
    )
    .onRequest(
      methods.agent.session.load,
      guarded(async ({ params, client }) => {
        const id = await findSession(params.cwd, params.sessionId)
        const resume = { id, at: null }
        const open =
          opened.get(id) ?? (await start(params.cwd, { resume, servers: editorServers(params.mcpServers) }))
        const { send, settled } = createSender(client, params.sessionId)
        send(historyUpdates(open.session.branch(), open.session.root))
        await settled()
        return { modes: modesOf(find(id).mode) }
      }),
    )
    .onRequest(
      methods.agent.session.list,
      guarded(async ({ params }) => {
        const { cwd } = params
        const sessions = cwd == null ? [] : await listSessions(cwd)
        return {
          sessions: sessions.map(({ id, task, at }) => ({
            sessionId: id,
            cwd: cwd ?? '',
            title: task,
            updatedAt: at,
          })),
        }
      }),
    )
    .onRequest(methods.agent.session.setMode, ({ params }) => {
      const known = modesOf(AGENT).availableModes.some(({ id }) => id === params.modeId)
      if (!known) throw RequestError.invalidParams({ modeId: params.modeId }, 'there is no such mode')
      find(params.sessionId).mode = params.modeId
      return {}
    })
    .onRequest(
      methods.agent.session.prompt,
      guarded(async ({ params, client }) => {
        const open = find(params.sessionId)
        const outcome = await prompt(open, params.sessionId, promptText(params.prompt), client)
        const { kind, exitCode, reason } = outcome
        return { stopReason: STOPS[kind] ?? 'end_turn', _meta: { plimsoll: { kind, exitCode, reason } } }
      }),
    )
    .onNotification(methods.agent.session.cancel, ({ params }) => {
      opened.get(params.sessionId)?.stop?.abort('cancelled')
    })
    .onRequest(
      methods.agent.session.close,
      guarded(async ({ params }) => {
        const open = find(params.sessionId)
        opened.delete(params.sessionId)
        await end(open, 'closed')
        return {}
      }),
    )
  return {
    app,
    close: async () => {
      await Promise.all([...opened.values()].map((open) => end(open, 'the editor is gone')))
      opened.clear()
    },
  }
}

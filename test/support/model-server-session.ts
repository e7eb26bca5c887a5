import { openCheckpoints } from '../../packages/plimsoll/src/agent/checkpoint/open-checkpoints.ts'
import { createJournal, type OpenedJournal } from '../../packages/plimsoll/src/agent/journal/open-journal.ts'
import type { AgentEvent, Outcome } from '../../packages/plimsoll/src/agent/loop/events.ts'
import { PATIENCE } from '../../packages/plimsoll/src/agent/model/adapter.ts'
import { openModel } from '../../packages/plimsoll/src/agent/model/open-model.ts'
import { runSession } from '../../packages/plimsoll/src/agent/session/run-session.ts'
import type { SessionOptions } from '../../packages/plimsoll/src/agent/session/session.ts'
import { families } from '../../packages/plimsoll/src/commands/families.ts'
import type { Door } from '../../packages/plimsoll/src/engine/door/door.ts'
import { openShell } from '../../packages/plimsoll/src/instruments/sandbox/open-shell.ts'
import { openFiles } from '../../packages/plimsoll/src/instruments/workspace/open-files.ts'
import { AgentDefinition } from '../../packages/plimsoll/src/model/agent.ts'
import { tools } from '../../packages/plimsoll/src/tools/catalogue.generated.ts'
import { type ModelServer, openModelServer, type Script } from './model-server.ts'

export const agentNamed = (name: string, more: Partial<AgentDefinition> = {}): AgentDefinition =>
  AgentDefinition.parse({
    ...{ name, description: `the ${name} agent`, dialect: 'built-in', file: null },
    ...{ tools: { kind: 'inherit' }, instructions: `You do the work of ${name}.`, facts: {}, ...more },
  })

export type Driven = {
  outcome: Outcome
  events: readonly AgentEvent[]
  server: ModelServer
  journal: OpenedJournal
}

export type Drive = Partial<
  Omit<SessionOptions, 'root' | 'door' | 'journal' | 'checkpoints' | 'files' | 'shell'>
> & {
  script: Script
  door: Door
  /** `anthropic`: spoken to as Anthropic's are; OpenAI-compatible otherwise */
  dialect?: 'openai' | 'anthropic'
  /** what fits into a request; 200,000 tokens unless told */
  contextTokens?: number
  journal?: OpenedJournal
}

/** A whole session in a folder, with real tools, files, sandbox, journal and checkpoints; the model is a script. */
export const driveSession = async (
  root: string,
  { script, door, dialect, contextTokens = 200_000, ...more }: Drive,
): Promise<Driven> => {
  const server = await openModelServer(script)
  const files = await openFiles(root)
  const journal = more.journal ?? (await createJournal(files.root))
  const checkpoints = await openCheckpoints({ root: files.root, dir: journal.dir })
  const lent = { env: {}, removed: [], reachable: [], foreign: [] }
  const shell = await openShell({ root: files.root, lent, network: [] })
  const events: AgentEvent[] = []
  const signal = more.signal ?? new AbortController().signal
  const patience = { ...PATIENCE, retries: 2, firstWaitMs: 1, mostWaitMs: 4, idleMs: 20_000 }
  const price = { input: 1, output: 4 }
  const isAnthropic = dialect === 'anthropic'
  const model = await openModel({
    ...{ signal, patience, onWarning: () => {} },
    wishes: {
      ...{ price, contextTokens },
      ...(isAnthropic
        ? { model: 'anthropic/claude-opus-5-5' }
        : { model: 'compatible/scripted', baseUrl: server.url }),
    },
    env: isAnthropic ? { ANTHROPIC_API_KEY: 'sk-test', ANTHROPIC_BASE_URL: server.url } : {},
  })
  try {
    const outcome = await runSession({
      ...{
        root: files.root,
        task: 'Add POST /bookings.',
        agent: agentNamed('backend'),
        cast: [],
        model,
        tools,
      },
      ...{ config: {}, families, rules: [], proveSeconds: 60, context: [], approve: null, ask: null },
      budget: { dollars: null, tokens: null, turns: 60, minutes: null },
      ...more,
      ...{ door, files, shell, journal, checkpoints, signal },
      onEvent: (event) => {
        events.push(event)
        more.onEvent?.(event)
      },
    })
    return { outcome, events, server, journal }
  } finally {
    await journal.close()
    await shell.close()
    await server.close()
    await door.close()
  }
}

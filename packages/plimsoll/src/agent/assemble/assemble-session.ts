import { realpath } from 'node:fs/promises'
import { fault } from '../../base/errors/fault.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { describeEnforcement, findEnforcement } from '../../instruments/sandbox/find-enforcement.ts'
import { openFiles } from '../../instruments/workspace/open-files.ts'
import { loadConfig } from '../../lab/load-config.ts'
import type { AgentDefinition } from '../../model/agent.ts'
import type { AgentWishes } from '../../model/config.ts'
import { openCheckpoints } from '../checkpoint/open-checkpoints.ts'
import { loadContext } from '../definitions/load-context.ts'
import { loadDefinitions } from '../definitions/load-definitions.ts'
import type { Entry } from '../journal/journal.ts'
import { createJournal, type OpenedJournal, openJournal } from '../journal/open-journal.ts'
import type { Outcome } from '../loop/events.ts'
import type { Budget } from '../session/session.ts'
import { chooseAgent } from './choose-agent.ts'
import { findModel } from './find-model.ts'
import { goBack } from './go-back.ts'
import { lazyShell } from './lazy-shell.ts'
import type { AgentParts, Grounds, Part } from './parts.ts'
import { sessionRules } from './session-rules.ts'

const PROVE_SECONDS = 600
const DEFAULT_TURNS = 100

export type SessionWishes = {
  /** `--agent`; null: the task decides, or the session that goes on */
  agent: string | null
  /** `--model`; null: configuration, definition, or the key that is there */
  model: string | null
  budget: Budget
  /** an earlier session to go on with, from its end or from an entry of it */
  resume: { id: string; at: string | null } | null
  /** servers of tools that the surface brings, beside those of the configuration */
  servers?: AgentWishes['mcp']
}

export type Assembled = {
  readonly root: string
  /** claims the session's folder, which the first task does otherwise; gives its id */
  start(): Promise<string>
  /** what was said before, where the session goes on */
  branch(): readonly Entry[]
  /** one task, from the words to the outcome; the next one goes on where it ended */
  run(task: string, part: Part & { readOnly: boolean }): Promise<Outcome>
  close(): Promise<void>
}

const openGrounds = async (
  dir: string,
  parts: AgentParts,
  env: Grounds['env'],
  servers: AgentWishes['mcp'],
): Promise<Grounds> => {
  if (!(await isFolder(dir))) throw fault('E_NOT_A_FOLDER', { dir })
  const root = await realpath(dir)
  const { config: given, file } = await loadConfig(root)
  const mcp = { ...servers, ...given.agent?.mcp }
  const config = servers === undefined ? given : { ...given, agent: { ...given.agent, mcp } }
  return { root, config, configFile: file ?? 'plimsoll.config.json', env, families: parts.families }
}

const budgetOf = (wished: Budget, { agent }: Grounds['config'], turns: number | null): Budget => ({
  dollars: wished.dollars ?? agent?.budget?.dollars ?? null,
  tokens: wished.tokens ?? agent?.budget?.tokens ?? null,
  turns: wished.turns ?? agent?.budget?.turns ?? turns ?? DEFAULT_TURNS,
  minutes: wished.minutes ?? agent?.budget?.minutes ?? null,
})

const agentOf = (journal: OpenedJournal | null): string | null => {
  const begin = journal?.branch().findLast((entry) => entry.kind === 'begin')
  return begin?.kind === 'begin' ? begin.agent : null
}

/**
 * Puts together everything that a session needs, for one workspace. Nothing is started before it is needed: the
 * session's folder with the first task, the lab with the first call that asks for it.
 * @throws E_NOT_A_FOLDER, E_UNKNOWN_ID, E_SESSION_IN_USE, faults of the configuration
 */
export const assembleSession = async (
  dir: string,
  wishes: SessionWishes,
  parts: AgentParts,
  { env, onNote: tell }: { env: Grounds['env']; onNote(text: string): void },
): Promise<Assembled> => {
  const told = new Set<string>()
  const onNote = (text: string) => {
    if (!told.has(text)) tell(text)
    told.add(text)
  }
  const grounds = await openGrounds(dir, parts, env, wishes.servers)
  const { root, config, configFile } = grounds
  const { definitions, problems } = await loadDefinitions(root)
  for (const { file, problem } of problems.filter(({ level }) => level === 'error')) {
    onNote(`${file} is left out: ${problem}.`)
  }
  // What is opened for the first task serves the ones that follow, so it ends with the session, not with a task.
  const life = new AbortController()
  let secrets: readonly string[] = []
  const closers: (() => Promise<void>)[] = []
  const closing = <Opened>(opened: Opened, close: () => Promise<void>): Opened => {
    closers.unshift(close)
    return opened
  }
  const close = async () => {
    life.abort('the session is closed')
    for (const end of closers.splice(0)) await end().catch(() => undefined)
  }
  const start = async () => {
    const journal =
      wishes.resume === null
        ? await createJournal(root, { secrets: () => secrets })
        : await openJournal(root, wishes.resume.id, { secrets: () => secrets })
    closing(journal, () => journal.close())
    journal.notes.forEach(onNote)
    const checkpoints = await openCheckpoints({ root, dir: journal.dir, onNote })
    if (wishes.resume?.at != null) onNote(await goBack(journal, checkpoints, wishes.resume.at))
    return { journal, checkpoints }
  }
  const openRest = async (part: Part, agent: AgentDefinition) => {
    const files = await openFiles(root)
    const door = await parts.openDoor(grounds)
    closing(door, () => door.close())
    // Nothing is started for it: it is what the project's own files say.
    secrets = (await door.environment({ signal: life.signal }).catch(() => null))?.secrets ?? []
    part.signal.throwIfAborted()
    const [by = 'none'] = await findEnforcement()
    const enforcement = describeEnforcement(by, config.agent?.network ?? [])
    const approve = (command: string, reason: string) => allows(command, reason)
    const shell = lazyShell(enforcement, () =>
      parts.openShell(grounds, door, { signal: life.signal, ...(part.approve !== null && { approve }) }),
    )
    closing(shell, () => shell.close())
    const servers = await parts.openServers(grounds, agent, {
      signal: life.signal,
      secrets: () => secrets,
    })
    closing(servers, () => servers.close())
    servers.notes.forEach(onNote)
    return { files, door, shell, tools: [...parts.tools, ...servers.tools] }
  }
  let ask: Part['approve'] = null
  const allows = async (command: string, reason: string) => {
    const answer = await ask?.({
      id: '',
      tool: 'bash',
      title: 'Run a command',
      subject: command,
      reason,
      diff: null,
      inPerson: true,
    })
    return answer === 'once' || answer === 'session'
  }
  let record: Awaited<ReturnType<typeof start>> | null = null
  let rest: Awaited<ReturnType<typeof openRest>> | null = null
  // An earlier session is claimed at once, so that two who want it learn it before they have typed a task.
  if (wishes.resume !== null)
    record = await start().catch(async (thrown: unknown) => {
      await close()
      throw thrown
    })

  return {
    root,
    close,
    start: async () => {
      record ??= await start()
      return record.journal.id
    },
    branch: () => record?.journal.branch() ?? [],
    run: async (said, part) => {
      ask = part.approve
      const named = wishes.agent ?? agentOf(record?.journal ?? null)
      const { agent, task, note } = await chooseAgent({ root, task: said, agent: named }, definitions)
      if (note !== null) onNote(note)
      const wish = { wishes: config.agent, env, signal: part.signal, onWarning: onNote }
      const model = await findModel(parts, agent, { ...wish, reference: wishes.model })
      record ??= await start()
      rest ??= await openRest(part, agent)
      const { readOnly, ...heard } = part
      return parts.runSession({
        ...heard,
        ...rest,
        ...record,
        root,
        task,
        agent,
        cast: definitions,
        model,
        modelFor: (reference) => parts.openModel({ ...wish, reference }),
        config,
        families: parts.families,
        rules: sessionRules(config, configFile, { readOnly, tools: rest.tools }),
        budget: budgetOf(wishes.budget, config, agent.turns),
        proveSeconds: config.budgetSeconds ?? PROVE_SECONDS,
        context: await loadContext(root),
        secrets: () => secrets,
      })
    },
  }
}

import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { asFault, fault } from '../../base/errors/fault.ts'
import { EXIT } from '../../base/errors/table.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import type { CommandContext } from '../define.ts'
import { reserveOutput } from '../reserve-output.ts'
import type { Checked } from './check-work.ts'
import { findSince, isUnchanged, type Since } from './find-since.ts'
import { reasonToLetGo, rememberHeld } from './hook-memory.ts'
import { type Asked, readAsked, writeAnswer } from './hooks.ts'
import type { GateInput, HookHost } from './index.ts'
import { nameSince, renderGate, whyRows } from './render-gate.ts'
import { sessionStart } from './session-start.ts'

type Work = { since: Since; checked: Checked | null }

const MOST_PAYLOAD = 4 << 20

const readAll = async (stream: Readable): Promise<string> => {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    if (text.length > MOST_PAYLOAD) break
  }
  return text
}

/** What has to be proved is only loaded where something was changed: most turns of an agent change nothing. */
const check = async (
  root: string,
  input: GateInput,
  context: CommandContext,
  startedAt: string | null = null,
): Promise<Work> => {
  const since = await findSince(root, {
    ...{ given: input.since, startedAt, now: () => new Date() },
    proven: async () => {
      const [{ provenCommits }, { families }] = await Promise.all([
        import('./find-proven.ts'),
        import('../families.ts'),
      ])
      return provenCommits(root, [root, context.cwd], families)
    },
  })
  if (since.base !== null && (await isUnchanged(root, since.base))) return { since, checked: null }
  const { checkFolder } = await import('./check-folder.ts')
  return { since, checked: await checkFolder(root, since.base, input, context) }
}

const exitOf = ({ checked }: Work, { signal }: CommandContext): number => {
  if (signal.aborted) return signal.reason === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted
  if (checked?.state === 'refuted') return EXIT.findings
  return checked?.state === 'unproven' ? EXIT.inconclusive : EXIT.proven
}

const asJson = ({ since: { base, why }, checked }: Work) => ({
  since: base,
  why,
  state: checked?.state ?? 'unchanged',
  files: checked?.duty.files ?? [],
  changes: checked?.duty.changes ?? [],
  ...(checked === null ? {} : checked.ledger),
  origins: Object.fromEntries(checked?.origins ?? []),
  run: checked?.run?.id ?? null,
})

const tell = (work: Work, width: number): string => {
  const { since, checked } = work
  const why = whyRows(since, width).join('\n')
  if (checked === null) return `⦵ nothing was changed since ${nameSince(since)}\n${why}\n`
  if (checked.state !== 'idle') return renderGate(checked, since, width)
  const count = checked.duty.files.length
  const what = count === 0 ? 'nothing' : `${count} ${count === 1 ? 'file was' : 'files were'}`
  return `⦵ ${what} changed since ${nameSince(since)} that no proof is about\n${why}\n`
}

type Held = { root: string; asked: Asked; host: HookHost }

/** The host's agent goes on where its work is refuted or lacks evidence, as long as it may still change that. */
const answerHost = async ({ since, checked }: Work, { root, asked, host }: Held): Promise<string> => {
  if (checked === null || checked.state === 'idle') return writeAnswer(host, { hold: false, note: null })
  const { feedbackOf, countStates } = await import('../../agent/obligations/feedback.ts')
  const { state, ledger, run } = checked
  if (state === 'proven') return writeAnswer(host, { hold: false, note: `⦵ proven: ${countStates(ledger)}` })
  const free = reasonToLetGo(root, { ...asked, tree: ledger.tree })
  if (free !== null) {
    const note = `⦵ ${state}: ${countStates(ledger)}. The agent was let go: ${free}. plimsoll gate shows what is open.`
    return writeAnswer(host, { hold: false, note })
  }
  await rememberHeld(root, { session: asked.session, tree: ledger.tree })
  const about = `The work since ${nameSince(since)} (${since.why}) is ${state}, so it is not done.`
  const reason = `${about} ${feedbackOf(ledger, run, 3_700)}`
  return writeAnswer(host, { hold: true, reason })
}

const asHook = async (input: GateInput, host: HookHost, context: CommandContext): Promise<number> => {
  // Hosts read JSON from stdout: a configuration is a program, and may print.
  const output = reserveOutput(context)
  const asked = readAsked(await readAll(context.stdin ?? process.stdin))
  const root = resolve(asked.cwd ?? context.cwd, input.dir)
  try {
    const startedAt = asked.transcript === null ? null : sessionStart(asked.transcript)
    const work = asked.aborted ? null : await check(root, input, context, startedAt)
    output.write(
      work === null
        ? writeAnswer(host, { hold: false, note: null })
        : await answerHost(work, { root, asked, host }),
    )
    return EXIT.proven
  } catch (thrown) {
    // Hosts take exit code 2 for a refusal: a gate that cannot be asked must not hold anybody for ever.
    const { message, hint } = asFault(thrown)
    context.stderr.write(`✖ plimsoll gate: ${message}\n  ${hint}\n`)
    return EXIT.findings
  }
}

/**
 * `plimsoll gate`: exit 0 when what was changed is proven or asks for no proof, 1 when it is refuted or a gate was
 * weakened, 4 when something is unproven. As a hook it answers in the host's JSON, with exit 0.
 */
export const gateCommand = async (input: GateInput, context: CommandContext): Promise<number> => {
  if (input.hook !== undefined) return asHook(input, input.hook, context)
  const root = resolve(context.cwd, input.dir)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir: input.dir })
  const work = await check(root, input, context)
  const text = input.json
    ? `${JSON.stringify(asJson(work), null, 2)}\n`
    : tell(work, Math.min(context.stdout.columns ?? 80, 100))
  context.stdout.write(text)
  return exitOf(work, context)
}

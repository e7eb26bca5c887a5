import { join, resolve } from 'node:path'
import { openModel } from '../../agent/model/open-model.ts'
import { fault } from '../../base/errors/fault.ts'
import { EXIT } from '../../base/errors/table.ts'
import type { Fixed } from '../../engine/fix/fix.ts'
import { fixFindings } from '../../engine/fix/fix-findings.ts'
import { isFinding } from '../../engine/fix/propose-fixes.ts'
import { listRuns, locateRun } from '../../engine/runs/locate-run.ts'
import { readRun } from '../../engine/runs/read-run.ts'
import { fixers } from '../../fixers/catalogue.generated.ts'
import { isFolder } from '../../instruments/files/is-folder.ts'
import { loadConfig } from '../../lab/load-config.ts'
import type { Config } from '../../model/config.ts'
import type { Run } from '../../model/run.ts'
import type { Finding } from '../../model/verdict.ts'
import { agentParts } from '../agent-parts.ts'
import type { CommandContext } from '../define.ts'
import { families } from '../families.ts'
import { chooseFindings } from './choose-findings.ts'
import type { FixInput } from './index.ts'
import { applyFixes, checkClean, commitFixes } from './keep-fixes.ts'
import { renderFixes } from './render-fixes.ts'
import { FIXES_DIR, repairsOf, saveFixes } from './save-fixes.ts'
import { writeRegressionTest } from './write-regression-test.ts'
import { type ModelWriter, writeWithModel } from './write-with-model.ts'

/** The Run that was named, or the newest that holds all the findings that were. */
const findRun = ({ run: named, finding: ids }: FixInput, cwd: string): Run => {
  if (named !== undefined) return readRun(locateRun(cwd, named).file)
  for (const { file } of listRuns(cwd)) {
    const run = readRun(file)
    const known = new Set(run.verdicts.filter(isFinding).map(({ id }) => id))
    if (ids.every((id) => known.has(id))) return run
  }
  return readRun(locateRun(cwd).file)
}

const isMended = ({ outcome }: Fixed) => outcome === 'fixed' || outcome === 'gone'

type Kept = { fixed: Fixed[]; next: string | null }

/** Patch files first: they are there whatever becomes of the rest. */
const keep = async (
  input: FixInput,
  context: CommandContext,
  {
    run,
    root,
    findings,
    result,
  }: {
    run: Run
    root: string
    findings: readonly Finding[]
    result: Awaited<ReturnType<typeof fixFindings>>
  },
): Promise<Kept> => {
  const { fixed, after } = result
  const writeTest = (finding: Finding) => writeRegressionTest(run, root, finding)
  const repairs = repairsOf(result, findings, writeTest)
  if (repairs.length === 0 || after === null) return { fixed, next: null }
  const { files, all } = await saveFixes(repairs, run, after, context.cwd)
  if (input.apply) await applyFixes(root, repairs)
  const commits = input.commit ? await commitFixes(root, repairs, run) : null
  const told = fixed.map((one) => ({
    ...one,
    file: files.get(one.finding) ?? null,
    commit: commits?.get(one.finding) ?? null,
  }))
  const where = run.target.startsWith('..')
    ? `git -C ${run.target} apply ${resolve(context.cwd, all)}`
    : `git apply ${all}`
  return { fixed: told, next: input.apply || input.commit ? `plimsoll prove ${run.target}` : where }
}

const NO_LIMIT = { dollars: null, tokens: null, minutes: null }

/** A model costs money, so it is asked only where somebody said so. */
const openWriter = async (
  { model, spend }: FixInput,
  { env, cwd, signal, progress }: CommandContext,
  run: Run,
  config: Config,
): Promise<ModelWriter | null> => {
  if (model === undefined) {
    if (spend === undefined) return null
    throw fault('E_USAGE', { message: '--spend is for --model', command: 'plimsoll fix' })
  }
  const wished = model === true ? null : model
  const onNote = (text: string) => progress?.on({ kind: 'note', text })
  // Asked for now, so that somebody without one learns it before the proof and not after it.
  await openModel({ reference: wished, wishes: config.agent, env, signal, onWarning: onNote })
  return writeWithModel({
    ...{ run, parts: agentParts, model: wished, budget: { ...NO_LIMIT, ...spend, turns: null } },
    ...{ env, signal, recordsDir: join(cwd, FIXES_DIR) },
    onNote,
  })
}

/** Nothing is written before the end: whoever stops us finds everything as it was. */
const orInterrupted = async (work: Promise<number>, { signal, stderr }: CommandContext): Promise<number> => {
  try {
    return await work
  } catch (thrown) {
    if (!signal.aborted) throw thrown
    stderr.write('  interrupted: nothing was written\n')
    return signal.reason === 'SIGTERM' ? EXIT.terminated : EXIT.interrupted
  }
}

/** `plimsoll fix`: exit 0 when every finding that was asked for is mended, 1 otherwise. */
export const fixCommand = (input: FixInput, context: CommandContext): Promise<number> =>
  orInterrupted(fix(input, context), context)

const fix = async (input: FixInput, context: CommandContext): Promise<number> => {
  if (input.apply && input.commit)
    throw fault('E_USAGE', { message: '--apply or --commit, not both', command: 'plimsoll fix' })
  const run = findRun(input, context.cwd)
  const findings = chooseFindings(run, input)
  const root = resolve(context.cwd, run.target)
  if (!(await isFolder(root))) throw fault('E_NOT_A_FOLDER', { dir: run.target })
  if (input.commit) await checkClean(root)
  const { config: given } = await loadConfig(root)
  const writer = await openWriter(input, context, run, given)
  const result = await fixFindings({
    ...{ root, run, findings, families, fixers, install: input.install, budgetSeconds: input.budget },
    config: {
      ...given,
      ...(run.load !== undefined && { load: run.load }),
      // What a model writes is booted before anybody has read it.
      sandbox: given.sandbox ?? writer !== null,
    },
    whole: input.all,
    ...(writer !== null && { writeRepair: writer.write }),
    writeTest: (finding) => writeRegressionTest(run, root, finding),
    signal: context.signal,
    onProgress: (event) => context.progress?.on(event),
  }).finally(() => context.progress?.done())
  const spent = writer === null ? null : writer.spent()
  const { fixed, next } = await keep(input, context, { run, root, findings, result })
  const width = Math.min(context.stdout.columns ?? 80, 100)
  const text = input.json
    ? `${JSON.stringify({ run: run.id, fixed, ...(spent !== null && { spent }) }, null, 2)}\n`
    : renderFixes(fixed, { next, width, spent })
  context.stdout.write(text)
  return fixed.every(isMended) ? 0 : 1
}

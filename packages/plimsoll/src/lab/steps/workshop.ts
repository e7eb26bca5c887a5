import { delimiter, join } from 'node:path'
import { fault } from '../../base/errors/fault.ts'
import type { Confinement } from '../../instruments/confine/open-confinement.ts'
import type { LogLine, Supervisor } from '../../instruments/process/process.ts'
import { spellRefused } from '../../model/reading/outbound.ts'
import type { Service } from '../../model/system.ts'
import { asRunnable } from '../command/package-manager.ts'
import { type Plan, planCommand } from '../command/plan-command.ts'
import type { StageCopy } from '../copy/stage-copy.ts'
import { type Circumstance, diagnose } from '../failure/diagnoses.ts'
import { type Mask, maskText, tailOf, textOf } from '../failure/tail.ts'
import type { StepLog } from './step-log.ts'

/** A command of the repo and where it stands, relative to the root. */
export type Order = { command: string; dir: string }

/** What every step of the boot needs. */
export type Workshop = {
  /** starts what is the repo's; stores are ours, and started by the lab's own */
  supervisor: Supervisor
  /** holds back every process that runs code of the repo, but for the installation of its packages */
  confinement: Confinement
  service: Service
  /** absolute folder of the user's repo; never written */
  root: string
  copy: StageCopy
  log: StepLog
  signal: AbortSignal
  /** ids of the stores the lab runs */
  stores: string[]
  /** the app's folder in the copy, absolute */
  appDir: string
  plan(order: Order): Plan
  mask(env: Readonly<Record<string, string>>): Mask
  circumstance(step: string): Circumstance
  /** runs a command of the repo to its end; throws E_STEP_FAILED when it fails */
  run(step: string, order: Order, env: Readonly<Record<string, string>>): Promise<void>
}

const STEP_TIMEOUT_MS = 15 * 60_000

type WorkshopOptions = Pick<
  Workshop,
  'supervisor' | 'confinement' | 'service' | 'root' | 'copy' | 'log' | 'signal'
> & {
  /** where programs are that the lab lends the repo; null for none */
  lent: string | null
}

const ended = (exit: { code: number | null; signal: string | null } | null, timedOut: boolean) => {
  if (timedOut) return `did not end within ${STEP_TIMEOUT_MS / 60_000} minutes`
  if (exit === null) return 'was stopped'
  return exit.signal === null ? `exited with code ${exit.code}` : `was killed by ${exit.signal}`
}

/** What to do when nothing in the output is known: the key of the step, and how to see it again. */
export const generalMend = (step: string) => {
  const skip = step === 'start' || step === 'install' ? '' : ' (false to skip it)'
  return `Mend what the last lines say, or give another command: "${step}" in plimsoll.config.json${skip}.`
}

/** A step's command failed: what was run, how it ended, its last lines, and how to mend it. */
export const stepFault = (
  { circumstance, mask }: Pick<Workshop, 'circumstance' | 'mask'>,
  step: string,
  command: string,
  outcome: string,
  logs: readonly LogLine[],
  env: Readonly<Record<string, string>>,
) => {
  const masked = mask(env)
  const mend = diagnose(textOf(logs), circumstance(step)) ?? generalMend(step)
  return fault('E_STEP_FAILED', {
    step,
    command: `"${command}"`,
    outcome,
    tail: tailOf(logs, masked),
    mend: maskText(mend, masked),
  })
}

export const openWorkshop = (options: WorkshopOptions): Workshop => {
  const { supervisor, confinement, service, copy, log, signal, root, lent } = options
  const path = [process.env.PATH ?? '', ...(lent === null ? [] : [lent])].join(delimiter)
  const install = service.packages.install?.command ?? null
  const folders = new Map([
    [copy.top, '..'],
    [copy.root, '.'],
    [root, '.'],
    [supervisor.scratchDir, '<scratch>'],
  ])
  const workshop: Workshop = {
    supervisor,
    confinement,
    service,
    root,
    copy,
    log,
    signal,
    stores: [],
    appDir: join(copy.root, service.dir),
    plan: ({ command, dir }) => planCommand(command, join(copy.root, dir), copy.top, path),
    mask: (env) => ({ folders, env }),
    circumstance: (step) => ({
      step,
      install: install === null ? null : asRunnable(install, service.packages, process.env.PATH ?? ''),
      build: service.build?.command ?? null,
      wantedRuntime: service.runtime.wanted,
      stores: workshop.stores,
      refused: spellRefused(confinement.outbound().filter(({ during }) => during.includes(step))),
    }),
    run: (step, order, env) => {
      const plan = workshop.plan(order)
      return log.step(step, order.command, async () => {
        const { command, cwd } = plan
        const asked = { command, cwd, env: { ...env, ...plan.env }, timeoutMs: STEP_TIMEOUT_MS, signal }
        const done = confinement.during(step)
        const runner = step === 'install' ? supervisor : confinement.supervisor
        const { exit, timedOut, logs } = await runner.run(asked).finally(done)
        signal.throwIfAborted()
        if (exit?.code === 0) return
        throw stepFault(workshop, step, order.command, ended(exit, timedOut), logs, env)
      })
    },
  }
  return workshop
}

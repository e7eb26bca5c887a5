import { type Fault, fault } from '../../base/errors/fault.ts'
import type { Boot } from '../boot/boot-app.ts'
import { stepFault, type Workshop } from '../steps/workshop.ts'
import { diagnose } from './diagnoses.ts'
import { maskText, tailOf, textOf } from './tail.ts'

export type FailedBoot = Exclude<Boot, { outcome: 'ready' }>

export type BootCircumstance = {
  workshop: Pick<Workshop, 'circumstance' | 'mask'>
  command: string
  env: Readonly<Record<string, string>>
  timeoutMs: number
  /** variables that told the port */
  portNames: readonly string[]
}

const TAKEN =
  /EADDRINUSE[^\n]*?:(\d+)|(?:port|Port) (\d+) is (?:already )?in use|Address already in use[^\n]*?(\d{2,5})/

const outcomeOf = (failed: FailedBoot) => {
  const exit = failed.supervised.exit()
  if (exit === null) return 'did not start'
  const how = exit.signal === null ? `exited with code ${exit.code}` : `was killed by ${exit.signal}`
  return `${how} before it was ready`
}

const notReady = (failed: Exclude<FailedBoot, { outcome: 'exited' }>, names: readonly string[]) => {
  if (failed.outcome === 'not-ready') {
    const { path, lastStatus } = failed.readiness
    const answered = lastStatus === null ? 'got no answer' : `kept answering ${lastStatus}`
    return {
      reason: `GET ${path ?? '/'} ${answered}`,
      mend: 'Give a path that answers below 400 when the app is ready ("ready": { "path": "/…" }), or more time ("ready": { "timeoutSeconds": 120 }) in plimsoll.config.json.',
    }
  }
  const [first] = failed.bound
  if (first !== undefined) {
    return {
      reason: `it listens on ${first}, which does not answer HTTP`,
      mend: 'The lab speaks plain HTTP: turn TLS off through "env" in plimsoll.config.json.',
    }
  }
  return {
    reason: `it listens on no port (told: ${names.join(', ')})`,
    mend: 'Say what starts the server in the foreground ("start"), or which variable gives its port ("port": { "env": "NAME" }) in plimsoll.config.json.',
  }
}

/** A boot that failed, as an error that names the step, the last lines, and the key that would mend it. */
export const bootFault = (failed: FailedBoot, circumstance: BootCircumstance): Fault => {
  const { workshop, command, env, timeoutMs, portNames } = circumstance
  const logs = failed.supervised.logs()
  const printed = textOf(logs)
  if (failed.outcome === 'exited') {
    const taken = TAKEN.exec(printed)
    const port = taken?.[1] ?? taken?.[2] ?? taken?.[3]
    if (port !== undefined) return fault('E_PORT_TAKEN', { port })
    return stepFault(workshop, 'start', command, outcomeOf(failed), logs, env)
  }
  const mask = workshop.mask(env)
  const { reason, mend } = notReady(failed, portNames)
  return fault('E_TARGET_NOT_READY', {
    seconds: Math.round(timeoutMs / 1_000),
    reason,
    tail: tailOf(logs, mask),
    mend: maskText(diagnose(printed, workshop.circumstance('start')) ?? mend, mask),
  })
}

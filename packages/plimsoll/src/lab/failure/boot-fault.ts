import { type Fault, fault } from '../../base/errors/fault.ts'
import type { Service } from '../../model/system.ts'
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
  /** what the app reads, and what it was given for it; null for nothing */
  variables: Readonly<Record<string, string | null>>
}

const TAKEN =
  /EADDRINUSE[^\n]*?:(\d+)|(?:port|Port) (\d+) is (?:already )?in use|Address already in use[^\n]*?(\d{2,5})/

const outcomeOf = (failed: FailedBoot) => {
  const exit = failed.supervised.exit()
  if (exit === null) return 'did not start'
  const how = exit.signal === null ? `exited with code ${exit.code}` : `was killed by ${exit.signal}`
  return `${how} before it was ready`
}

export const readVariables = (
  { env: reads }: Pick<Service, 'env'>,
  env: Readonly<Record<string, string>>,
): Record<string, string | null> => Object.fromEntries(reads.map(({ name }) => [name, env[name] ?? null]))

/** Switches that the app reads and that sound as if they decided on TLS, each turned the other way. */
const tlsSwitches = (variables: Readonly<Record<string, string | null>>) =>
  Object.entries(variables)
    .filter(([name]) => /HTTPS|HTTP2|TLS|SSL/i.test(name))
    .map(([name, value]) => `"${name}": "${value === null ? '…' : (OTHER_WAY[value.toLowerCase()] ?? '…')}"`)
    .join(', ')

const OTHER_WAY: Readonly<Record<string, string>> = {
  true: 'false',
  false: 'true',
  1: '0',
  0: '1',
  yes: 'no',
  no: 'yes',
}

const tlsFault = (
  { place, supervised }: Extract<FailedBoot, { outcome: 'tls' }>,
  { workshop, command, env, variables }: BootCircumstance,
) => {
  const switches = tlsSwitches(variables)
  const through = switches === '' ? '"env"' : `"env": { ${switches} }`
  return fault('E_STEP_FAILED', {
    step: 'start',
    command: `"${command}"`,
    outcome: `serves TLS on port ${place.port}, and the lab speaks plain HTTP`,
    tail: tailOf(supervised.logs(), workshop.mask(env)),
    mend: `Turn TLS off for the lab: ${through} in plimsoll.config.json.`,
  })
}

const notReady = (
  failed: Extract<FailedBoot, { outcome: 'no-port' | 'not-ready' }>,
  { portNames: names }: BootCircumstance,
) => {
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
      mend: 'Say which variable gives the port of its HTTP server: "port": { "env": "NAME" } in plimsoll.config.json.',
    }
  }
  return {
    reason: `it listens on no port (told: ${names.join(', ')})`,
    mend: 'Say what starts the server in the foreground ("start"), which variable gives its port ("port": { "env": "NAME" }), or give it more time ("ready": { "timeoutSeconds": 120 }) in plimsoll.config.json.',
  }
}

/** A boot that failed, as an error that names the step, the last lines, and the key that would mend it. */
export const bootFault = (failed: FailedBoot, circumstance: BootCircumstance): Fault => {
  const { workshop, command, env, timeoutMs } = circumstance
  const logs = failed.supervised.logs()
  const printed = textOf(logs)
  if (failed.outcome === 'exited') {
    const taken = TAKEN.exec(printed)
    const port = taken?.[1] ?? taken?.[2] ?? taken?.[3]
    if (port !== undefined) return fault('E_PORT_TAKEN', { port })
    return stepFault(workshop, 'start', command, outcomeOf(failed), logs, env)
  }
  if (failed.outcome === 'tls') return tlsFault(failed, circumstance)
  const mask = workshop.mask(env)
  const known = diagnose(printed, workshop.circumstance('start'))
  const { reason, mend } = notReady(failed, circumstance)
  return fault('E_TARGET_NOT_READY', {
    seconds: Math.round(timeoutMs / 1_000),
    reason,
    tail: tailOf(logs, mask),
    mend: maskText(known ?? mend, mask),
  })
}

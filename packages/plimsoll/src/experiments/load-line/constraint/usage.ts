import type { ConstraintEvidence } from './evidence.ts'

/** What the evidence says of each resource, in shares of what there is: 0..1, null where it was not measured. */
export type Usage = {
  cores: number
  /** the busiest one thread of the app */
  loop: number | null
  /** processors in use by app, store and ourselves, of all */
  machine: number | null
  appCores: number | null
  storeCores: number | null
  ownCores: number | null
  sessions: number
  /** sessions in a statement or a transaction, of all */
  busySessions: number | null
  /** of the active sessions */
  waitingForLock: number | null
}

const total = (values: readonly (number | null)[]): number | null =>
  values.every((value) => value === null)
    ? null
    : values.reduce<number>((sum, value) => sum + (value ?? 0), 0)

export const usageOf = ({ pressed: { gauge, sessions } }: ConstraintEvidence): Usage => {
  const { appCores, storeCores, ownCores, cores } = gauge
  const used = total([appCores, storeCores, ownCores])
  return {
    cores,
    loop: gauge.appBusiestThread,
    machine: used === null ? null : used / Math.max(1, cores),
    ...{ appCores, storeCores, ownCores },
    sessions: sessions?.sessions ?? 0,
    busySessions:
      sessions === null || sessions.sessions === 0
        ? null
        : Math.min(1, (sessions.active + sessions.held) / sessions.sessions),
    waitingForLock:
      sessions === null || sessions.active === 0 ? null : sessions.waitingForLock / sessions.active,
  }
}

export const percent = (share: number): string => `${Math.round(share * 100)} %`

import { SEVERITIES } from '../../../model/priority.ts'
import type { Standard } from '../../../model/standard.ts'
import type { Weakened } from '../obligation.ts'
import type { GateChange, Judged } from './find-weakened.ts'
import { readSettings, type Settings } from './read-settings.ts'

const COVERAGE =
  /(?:^|\.)(?:thresholds?|coverageThreshold)\.|(?:^|\.)(?:fail_under|check-coverage|checkCoverage|min_coverage)$|coverage\.status\..*\.target$/
const NYC = /(?:^|\/)\.(?:nycrc|c8rc)/
const NYC_KEY = /^(?:lines|branches|functions|statements)$/
/** Parts of our own configuration where less is easier. */
const MORE_IS_STRICTER = ['load.rate', 'load.rows', 'load.users', 'load.soakSeconds']

const OURS = /(?:^|\/)plimsoll\.config\.\w+$/

const said = ({ file }: GateChange, how: string): Weakened => ({ file, kind: 'threshold', how, place: null })

const spell = (value: unknown) => (value === undefined ? 'none' : String(value))

type Side = { before: Settings; after: Settings }

const keysOf = ({ before, after }: Side) => [...new Set([...before.keys(), ...after.keys()])].sort()

/** Whether a value asks less than another, by the direction of the standard. */
const isLooser = ({ threshold: { comparator } }: Standard, value: number, than: number): boolean => {
  if (comparator === '=') return value !== than
  return comparator.startsWith('<') ? value > than : value < than
}

const overStandards = (change: GateChange, side: Side, standards: readonly Standard[]): Weakened[] =>
  standards.flatMap((standard) => {
    const key = `standards.${standard.id}`
    const [was, is] = [side.before.get(key), side.after.get(key)]
    if (was === is) return []
    if (is === false) return [said(change, `the standard ${standard.id} was left out`)]
    const base = standard.threshold.value
    const [from, to] = [typeof was === 'number' ? was : base, typeof is === 'number' ? is : base]
    if (was === false || !isLooser(standard, to, from)) return []
    return [said(change, `${standard.id}: threshold ${from} -> ${to} ${standard.threshold.unit}`)]
  })

const overOurs = (change: GateChange, side: Side, standards: readonly Standard[]): Weakened[] => {
  const fails = (settings: Settings) =>
    SEVERITIES.findIndex((severity) => severity === (settings.get('failOn') ?? 'low'))
  const opened = [...side.after].filter(
    ([key, value]) =>
      key.startsWith('access.public.') &&
      ![...side.before].some(([other, old]) => other.startsWith('access.public.') && old === value),
  )
  return [
    ...overStandards(change, side, standards),
    ...(fails(side.after) < fails(side.before)
      ? [
          said(
            change,
            `failOn ${spell(side.before.get('failOn') ?? 'low')} -> ${spell(side.after.get('failOn'))}`,
          ),
        ]
      : []),
    ...opened.map(([, value]) => said(change, `${spell(value)} was declared open to everybody`)),
    ...MORE_IS_STRICTER.flatMap((key) => {
      const [was, is] = [side.before.get(key), side.after.get(key)]
      const less = typeof was === 'number' && typeof is === 'number' && is < was
      return less ? [said(change, `${key} ${was} -> ${is}`)] : []
    }),
  ]
}

const overCoverage = (change: GateChange, side: Side): Weakened[] =>
  keysOf(side).flatMap((key) => {
    if (!COVERAGE.test(key) && !(NYC.test(change.file) && NYC_KEY.test(key))) return []
    const [was, is] = [side.before.get(key), side.after.get(key)]
    if (was === true && is !== true) return [said(change, `${key} was turned off`)]
    const [from, to] = [Number.parseFloat(spell(was)), Number.parseFloat(spell(is))]
    if (Number.isNaN(from) || is === was) return []
    const less = Number.isNaN(to) ? change.after !== null && is === undefined : to < from
    return less ? [said(change, `${key} ${spell(was)} -> ${spell(is)}`)] : []
  })

const isMoved = ({ file }: GateChange, now: Judged) =>
  now.project.files.some((other) => other !== file && OURS.test(other) && OURS.test(file))

/** Thresholds that ask less than they did: our own standards, coverage, and what load is judged at. */
export const loosenedThresholds = (
  changes: readonly GateChange[],
  standards: readonly Standard[],
  now: Judged,
): Weakened[] =>
  changes.flatMap((change) => {
    if (change.kind !== 'threshold' && !/(?:package\.json|pyproject\.toml)$/.test(change.file)) return []
    if (change.after === null && isMoved(change, now)) return []
    const side: Side = {
      before: readSettings(change.file, change.before),
      after: readSettings(change.file, change.after),
    }
    if (OURS.test(change.file)) return overOurs(change, side, standards)
    return overCoverage(change, side)
  })

import { posix } from 'node:path'
import { CONFIG_FILES } from '../../../model/config-files.ts'
import { SEVERITIES } from '../../../model/priority.ts'
import type { Standard } from '../../../model/standard.ts'
import type { Weakened } from '../obligation.ts'
import type { Start } from '../trees/start.ts'
import type { GateChange, Judged } from './find-weakened.ts'
import { kindOfGate } from './gate-files.ts'
import { readSettings, type Settings } from './read-settings.ts'

const COVERAGE =
  /(?:^|\.)(?:thresholds?|coverageThreshold)\.|(?:^|\.)(?:fail_under|check-coverage|checkCoverage|min_coverage)$|coverage\.status\..*\.target$/
const NYC = /(?:^|\/)\.(?:nycrc|c8rc)/
const NYC_KEY = /^(?:lines|branches|functions|statements)$/
/** Parts of our own configuration where less is easier. */
const MORE_IS_STRICTER = ['load.rate', 'load.rows', 'load.users', 'load.soakSeconds']

/** Where our own configuration may stand. */
const OURS = /(?:^|\/)(?:plimsoll\.config\.\w+|package\.json)$/
const MANIFEST_KEY = 'plimsoll.'

type Place = Pick<GateChange, 'file'>

const said = ({ file }: Place, how: string): Weakened => ({ file, kind: 'threshold', how, place: null })

const spell = (value: unknown) => (value === undefined ? 'none' : String(value))

type Side = { before: Settings; after: Settings }

const keysOf = ({ before, after }: Side) => [...new Set([...before.keys(), ...after.keys()])].sort()

/** Whether a value asks less than another, by the direction of the standard. */
const isLooser = ({ threshold: { comparator } }: Standard, value: number, than: number): boolean => {
  if (comparator === '=') return value !== than
  return comparator.startsWith('<') ? value > than : value < than
}

const overStandards = (change: Place, side: Side, standards: readonly Standard[]): Weakened[] =>
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

const overOurs = (change: Place, side: Side, standards: readonly Standard[]): Weakened[] => {
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

/** What our own configuration of a folder says, as it is loaded: a file of ours, else the key of the manifest. */
const oursIn = (dir: string, textOf: (file: string) => string | null): Place & { settings: Settings } => {
  const at = (name: string) => posix.join(dir, name)
  const file = CONFIG_FILES.map(at).find((name) => textOf(name) !== null)
  if (file !== undefined) return { file, settings: readSettings(file, textOf(file)) }
  const manifest = at('package.json')
  const own = [...readSettings(manifest, textOf(manifest))].flatMap(([key, value]) =>
    key.startsWith(MANIFEST_KEY) ? [[key.slice(MANIFEST_KEY.length), value] as const] : [],
  )
  return { file: manifest, settings: new Map(own) }
}

/** Folders that were there, and whose configuration was changed, moved, made or taken away. */
const reconfigured = ({ hashes, texts }: Start, now: Judged): string[] => {
  const files = [...new Set([...texts.keys(), ...now.project.files])].filter(
    (file) => OURS.test(file) && kindOfGate(file, []) !== null && hashes.get(file) !== now.hashes.get(file),
  )
  const wasThere = (dir: string) =>
    [...hashes.keys()].some((file) => dir === '.' || file.startsWith(`${dir}/`))
  return [...new Set(files.map((file) => posix.dirname(file)))].filter(wasThere)
}

/** Thresholds that ask less than they did: our own standards, coverage, and what load is judged at. */
export const loosenedThresholds = (
  changes: readonly GateChange[],
  standards: readonly Standard[],
  { start, now }: { start: Start; now: Judged },
): Weakened[] => {
  const own = reconfigured(start, now).flatMap((dir) => {
    const before = oursIn(dir, (file) => start.texts.get(file) ?? null)
    const after = oursIn(dir, (file) => (now.hashes.has(file) ? now.project.text(file) : null))
    return overOurs(after, { before: before.settings, after: after.settings }, standards)
  })
  const coverage = changes.flatMap((change) => {
    if (change.kind !== 'threshold' && !/(?:package\.json|pyproject\.toml)$/.test(change.file)) return []
    return overCoverage(change, {
      before: readSettings(change.file, change.before),
      after: readSettings(change.file, change.after),
    })
  })
  return [...own, ...coverage]
}

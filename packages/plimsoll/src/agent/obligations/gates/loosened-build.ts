import type { Weakened } from '../obligation.ts'
import type { GateChange } from './find-weakened.ts'
import { readSettings, type Settings } from './read-settings.ts'

const PIPELINE =
  /(?:^|\/)(?:\.github\/(?:workflows|actions)\/|\.gitlab-ci|\.circleci\/|azure-pipelines|Jenkinsfile|\.husky\/|\.pre-commit-config|lefthook|Makefile$|\.(?:claude|gemini|cursor|codex|opencode)\/|\.github\/hooks\/)/
/** Lines of a pipeline that let what fails pass. */
const PASSING =
  /continue-on-error:\s*true|\|\|\s*(?:true|:|exit 0|echo\b)|allow_failure:\s*true|continueOnError:\s*true|^\s*if:\s*(?:false|\$\{\{\s*false\s*\}\})|--passWithNoTests|--no-verify|set \+e|fail_ci_if_error:\s*false|\bexit 0\s*$/m
/** Words of a step that checks the work. */
const CHECK =
  /\b(?:test|tests|lint|typecheck|type-check|tsc|eslint|biome|vitest|jest|mocha|pytest|ruff|mypy|plimsoll|audit|check|coverage|sonar|semgrep)\b/
/** How a host asks us before its agent may end. */
const STOP_HOOK = /\bgate --hook [\w-]+/g
const HOOKS_OFF = /"disableAllHooks"\s*:\s*true/
const COMMAND = /^\s*(?:-\s*)?(?:run|script|command|entry|bash)?\s*:?\s*[|>]?\s*(.+)$/

const STRICT = [
  ...['strict', 'noImplicitAny', 'strictNullChecks', 'strictFunctionTypes', 'strictBindCallApply'],
  ...['noUncheckedIndexedAccess', 'noImplicitReturns', 'noImplicitThis', 'noFallthroughCasesInSwitch'],
  ...['exactOptionalPropertyTypes', 'useUnknownInCatchVariables', 'noUnusedLocals', 'noUnusedParameters'],
  ...[
    'noImplicitOverride',
    'alwaysStrict',
    'strictPropertyInitialization',
    'noPropertyAccessFromIndexSignature',
  ],
]
const LEVELS: Readonly<Record<string, number>> = {
  off: 0,
  '0': 0,
  warn: 1,
  '1': 1,
  info: 1,
  on: 2,
  error: 2,
  '2': 2,
}

const said = ({ file }: GateChange, how: string): Weakened => ({ file, kind: 'gate', how, place: null })

const linesOf = (text: string | null) =>
  (text ?? '')
    .split('\n')
    .map((line) => line.replace(/(?:^|\s)#(?!!).*$/, '').trim())
    .filter((line) => line !== '')

const overHooks = (change: GateChange): Weakened[] => {
  const { before, after } = change
  if (after === null) return []
  const count = (text: string) => text.match(STOP_HOOK)?.length ?? 0
  if (count(after) < count(before)) return [said(change, 'the stop hook was taken out')]
  const isOff = count(after) > 0 && HOOKS_OFF.test(after) && !HOOKS_OFF.test(before)
  return isOff ? [said(change, 'all hooks were turned off')] : []
}

const overPipeline = (change: GateChange): Weakened[] => {
  if (change.after === null) return [said(change, 'deleted')]
  const [before, after] = [linesOf(change.before), linesOf(change.after)]
  const had = new Map<string, number>()
  for (const line of before) had.set(line, (had.get(line) ?? 0) + 1)
  const passing = after.filter((line) => {
    const left = had.get(line) ?? 0
    if (left > 0) had.set(line, left - 1)
    return left === 0 && PASSING.test(line)
  })
  const text = after.join('\n')
  const gone = before.filter((line) => {
    const command = COMMAND.exec(line)?.[1]?.trim() ?? ''
    return (
      /^(?:-\s*)?(?:run|script|command|entry)\s*:|^(?:npx?|npm|pnpm|yarn|make|pytest|tox|bun|node|python)\b/.test(
        line,
      ) &&
      CHECK.test(command) &&
      !text.includes(command)
    )
  })
  // A check that is written differently is not gone: only fewer of them are.
  const checks = (lines: readonly string[]) => lines.filter((line) => CHECK.test(line)).length
  return [
    ...passing.slice(0, 3).map((line) => said(change, `what fails may pass: ${line.slice(0, 100)}`)),
    ...(gone.length > 0 && checks(after) < checks(before)
      ? [said(change, `a check was taken out: ${(gone[0] ?? '').slice(0, 100)}`)]
      : []),
  ]
}

const overTypes = (change: GateChange): Weakened[] => {
  const [before, after] = [readSettings(change.file, change.before), readSettings(change.file, change.after)]
  const key = (name: string) => `compilerOptions.${name}`
  const strictAfter = after.get(key('strict')) === true
  return STRICT.filter((name) => {
    if (before.get(key(name)) !== true || after.get(key(name)) === true) return false
    // What `strict` implies may be left to it.
    return (
      after.get(key(name)) === false ||
      !(strictAfter && /^(?:noImplicit(?:Any|This)|strict|always|useUnknown)/.test(name))
    )
  }).map((name) => said(change, `${name} was turned off`))
}

const levelOf = (settings: Settings, key: string): number | undefined => {
  const value = settings.get(key)
  return value === undefined || value === null ? undefined : LEVELS[String(value)]
}

const overRules = (change: GateChange): Weakened[] => {
  const [before, after] = [readSettings(change.file, change.before), readSettings(change.file, change.after)]
  return [...before.keys()].flatMap((key) => {
    if (!/(?:^|\.)rules\./.test(key)) return []
    const [was, is] = [levelOf(before, key), levelOf(after, key)]
    return was !== undefined && is !== undefined && is < was
      ? [said(change, `${key} ${String(before.get(key))} -> ${String(after.get(key))}`)]
      : []
  })
}

const EMPTY_SCRIPT = /^(?:true|:|exit 0|echo\b[^&|;]*|node -e ["']{2})?$/

const overScripts = (change: GateChange): Weakened[] => {
  const [before, after] = [readSettings(change.file, change.before), readSettings(change.file, change.after)]
  return [...before].flatMap(([key, value]) => {
    if (!key.startsWith('scripts.') || !CHECK.test(key) || typeof value !== 'string') return []
    const fresh = after.get(key)
    if (fresh === value || EMPTY_SCRIPT.test(value.trim())) return []
    if (fresh === undefined) return [said(change, `the script ${key.slice(8)} was taken out`)]
    const passes = PASSING.test(String(fresh)) && !PASSING.test(value)
    return passes || EMPTY_SCRIPT.test(String(fresh).trim())
      ? [said(change, `the script ${key.slice(8)} passes whatever happens: ${String(fresh).slice(0, 80)}`)]
      : []
  })
}

/** Pipelines, hooks, compilers and linters that let more pass than they did. */
export const loosenedBuild = (changes: readonly GateChange[]): Weakened[] =>
  changes
    .filter(({ kind }) => kind === 'gate')
    .flatMap((change) => {
      if (PIPELINE.test(change.file)) return [...overHooks(change), ...overPipeline(change)]
      if (/(?:^|\/)(?:tsconfig|jsconfig)[\w.-]*\.json$/.test(change.file)) return overTypes(change)
      if (/package\.json$/.test(change.file)) return overScripts(change)
      return overRules(change)
    })

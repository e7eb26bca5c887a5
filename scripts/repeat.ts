/**
 * Proves a folder several times and says whether every proof ended in the same verdicts.
 * usage: npx jiti scripts/repeat.ts <folder> <times> [words of plimsoll prove]; exit 1 when they differ
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Run } from '../packages/plimsoll/src/model/run.ts'

const BIN = join(dirname(fileURLToPath(import.meta.url)), '../packages/plimsoll/bin/plimsoll.js')
const [folder, times = '5', ...words] = process.argv.slice(2)
if (folder === undefined || !(Number(times) > 0)) {
  console.error('usage: npx jiti scripts/repeat.ts <folder> <times> [words of plimsoll prove]')
  process.exit(2)
}

/** A proof with findings ends with another code than 0, and its Run is on stdout all the same. */
const stdoutOf = (args: readonly string[], cwd: string): string => {
  try {
    return execFileSync(process.execPath, [BIN, ...args], {
      cwd,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
  } catch (thrown) {
    if (thrown instanceof Error && 'stdout' in thrown && typeof thrown.stdout === 'string')
      return thrown.stdout
    throw thrown
  }
}

const proveOnce = (target: string): Run => {
  const cwd = mkdtempSync(join(tmpdir(), 'repeat-'))
  try {
    return Run.parse(JSON.parse(stdoutOf(['prove', target, '--json', ...words], cwd)))
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

const runs: Run[] = []
for (let index = 1; index <= Number(times); index += 1) {
  const load = loadavg()[0]?.toFixed(1)
  const run = proveOnce(resolve(folder))
  runs.push(run)
  const counts = run.tallies.map(
    (row) => `${row.category} ${row.refuted}✖ ${row.proven}✓ ${row.inconclusive}?`,
  )
  const end = `${run.end} · exit ${run.exitCode} · ${(run.durationMs / 1_000).toFixed(1)} s · load ${load}`
  console.log(`${index}  ${end} · ${counts.join(' · ')}`)
}

/** id -> what each Run said of it, `–` where it said nothing */
const said = new Map<string, { about: string; statuses: string[] }>()
for (const [index, run] of runs.entries()) {
  for (const { id, status, probe, subject } of run.verdicts) {
    const row = said.get(id) ?? { about: `${probe}: ${subject}`, statuses: runs.map(() => '–') }
    row.statuses[index] = status
    said.set(id, row)
  }
}
const differing = [...said].filter(([, { statuses }]) => new Set(statuses).size > 1)
for (const [id, { about, statuses }] of differing)
  console.log(`${id}  ${about}\n      ${statuses.join(' · ')}`)
console.log(
  differing.length === 0
    ? `identical: ${said.size} verdicts, ${runs.length} times`
    : `different: ${differing.length} of ${said.size} verdicts`,
)
process.exitCode = differing.length === 0 ? 0 : 1

/**
 * Our contract experiment beside Schemathesis (PyPI), on the same backend, the same document and the same account:
 *   npm run bench schemathesis [dir] [--seconds 60] [--document <file>] [--config <json>]
 * Each gets a fresh lab. What the two found is printed whole: whether it is true is for a person to say.
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { families } from '../packages/plimsoll/src/commands/families.ts'
import { applyOverrides } from '../packages/plimsoll/src/engine/plan/standards.ts'
import { chooseService } from '../packages/plimsoll/src/engine/prove/choose-service.ts'
import { openSession } from '../packages/plimsoll/src/engine/prove/session.ts'
import { openSupervisor } from '../packages/plimsoll/src/instruments/process/open-supervisor.ts'
import type { Lab } from '../packages/plimsoll/src/lab/lab.ts'
import { loadConfig } from '../packages/plimsoll/src/lab/load-config.ts'
import { Config } from '../packages/plimsoll/src/model/config.ts'
import { surveyFolder } from '../packages/plimsoll/src/survey/survey-folder.ts'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const TOOL = process.env.SCHEMATHESIS ?? 'st'

/** The document as a file: the repo's own, or what the app serves. */
const writeDocument = async (dir: string, lab: Lab, folder: string, given?: string): Promise<string> => {
  if (given !== undefined) return resolve(given)
  const from = lab.api?.from
  if (from?.kind === 'repo') return join(dir, from.where)
  if (from?.kind !== 'served') throw new Error('there is no document: give one with --document')
  const { body } = await lab.http.request({ method: 'GET', path: from.where, bodyLimit: 10e6 })
  const file = join(folder, from.where.endsWith('.yaml') ? 'openapi.yaml' : 'openapi.json')
  await writeFile(file, body)
  return file
}

const runPeer = (words: readonly string[], folder: string): Promise<string> =>
  new Promise((settle, reject) => {
    const child = spawn(TOOL, words, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text += part
    })
    child.once('error', reject)
    child.once('close', () => settle(text))
  })

type Opened = { lab: Lab; dir: string; folder: string; seconds: number; document?: string }

const peer = async ({ lab, dir, folder, seconds, document }: Opened) => {
  const headers = Object.entries(lab.accounts[0]?.headers ?? {}).flatMap(([name, value]) => [
    '-H',
    `${name}:${value}`,
  ])
  const file = await writeDocument(dir, lab, folder, document)
  console.log(`document: ${lab.api?.from.kind} ${lab.api?.from.where}`)
  console.log(
    await runPeer(
      [
        'run',
        file,
        '--url',
        lab.http.baseUrl,
        '--max-time',
        String(seconds),
        '--seed',
        '1',
        '--continue-on-failure',
        '--no-color',
        ...headers,
      ],
      folder,
    ),
  )
}

export default async (args: readonly string[]): Promise<void> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      seconds: { type: 'string', default: '60' },
      document: { type: 'string' },
      config: { type: 'string' },
    },
  })
  if (spawnSync(TOOL, ['--version']).status !== 0) {
    console.log('skipped: Schemathesis is not here. Install it with pip, or name it in SCHEMATHESIS.')
    return
  }
  const dir = resolve(positionals[0] ?? join(root, 'specimens/fastify/contract/broken'))
  const seconds = Number(values.seconds)
  const read = await loadConfig(dir)
  const config =
    values.config === undefined
      ? read.config
      : Config.parse(JSON.parse(await readFile(values.config, 'utf8')))
  const { standards } = applyOverrides(families.standards, config.standards, 'plimsoll.config.json')
  const experiment = families.experiments.find(({ id }) => id === 'contract')
  const standard = standards.find(({ id }) => id === experiment?.standard)
  if (experiment === undefined || standard === undefined) throw new Error('there is no contract experiment')
  const supervisor = await openSupervisor()
  const folder = await mkdtemp(join(tmpdir(), 'schemathesis-'))
  const { signal } = new AbortController()
  try {
    const surveyed = await surveyFolder(dir, families)
    const session = await openSession({
      ...surveyed,
      ...{ root: dir, config, stores: families.stores, install: false, seed: 1, supervisor, signal },
      service: chooseService(surveyed.system, undefined, config),
      onProgress: () => undefined,
    })
    const theirs = await session.open({ seed: 1, signal })
    await peer({ lab: theirs, dir, folder, seconds, ...(values.document && { document: values.document }) })
    await theirs.close()
    const ours = await session.open({ seed: 1, signal })
    const startedMs = performance.now()
    const ended = AbortSignal.timeout(seconds * 1_000)
    const seen = await experiment.run(ours, { signal: ended, standards })
    console.log(`\nours, after ${((performance.now() - startedMs) / 1_000).toFixed(0)} s:`)
    for (const { status, tier, severity, subject, title, detail } of experiment.judge(
      experiment.observes.parse(JSON.parse(JSON.stringify(seen))),
      standard,
      standards,
    ))
      if (status !== 'proven')
        console.log(`${status} ${tier ?? ''} ${severity ?? ''} | ${subject} | ${title} | ${detail}`)
    await ours.close()
  } finally {
    await supervisor.close()
    await rm(folder, { recursive: true, force: true })
  }
}

import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { writeApp } from '../../../../test/support/staged-app.ts'

/** Processes of this machine whose command line or environment names a text. */
const processesWith = (text: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) return false
    try {
      return ['cmdline', 'environ'].some((file) =>
        readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(text),
      )
    } catch {
      return false
    }
  })

const jiti = fileURLToPath(new URL('../../../../node_modules/.bin/jiti', import.meta.url))

it.runIf(process.platform === 'linux')(
  'leaves no process and no folder when Plimsoll is killed in the middle of a lab',
  async () => {
    const dir = await writeApp({
      'package.json': '{"type": "module"}',
      'server.js': `import { createServer } from 'node:http'
process.on('SIGTERM', () => {})
createServer((req, res) => res.end('ok')).listen(process.env.PORT)`,
    })
    const here = fileURLToPath(new URL('.', import.meta.url))
    const driver = join(dir, 'driver.ts')
    await writeFile(
      driver,
      `import { serviceOf, stageOf } from '${here}../../../../test/support/staged-app.ts'
import postgres from '${here}../stores/postgres/index.ts'
const store = { store: 'postgres', client: 'pg', version: null, place: null, hardCoded: null }
const { stage, supervisor } = await stageOf(${JSON.stringify(dir)}, serviceOf({ stores: [store] }), {}, [postgres])
await stage.open({ seed: 1, known: [], signal: new AbortController().signal })
console.log(supervisor.scratchDir)
setInterval(() => {}, 1000)`,
    )
    const plimsoll = spawn(process.execPath, [jiti, driver], { stdio: ['ignore', 'pipe', 'inherit'] })
    const scratch = await new Promise<string>((resolve, reject) => {
      plimsoll.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()))
      plimsoll.once('exit', (code) => reject(new Error(`it ended with ${code}`)))
    })
    expect(processesWith(scratch).length).toBeGreaterThan(1)
    plimsoll.kill('SIGKILL')
    let left = processesWith(scratch)
    for (let tries = 0; tries < 1_000 && (left.length > 0 || existsSync(scratch)); tries += 1) {
      await wait(50)
      left = processesWith(scratch)
    }
    expect(left).toEqual([])
    expect(existsSync(scratch)).toBe(false)
    await rm(dir, { recursive: true })
  },
)

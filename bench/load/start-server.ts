import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Supervisor } from '../../packages/plimsoll/src/instruments/process/process.ts'
import type { Shape } from './shapes.ts'
import type { Answer } from './truth.ts'

const FILE = fileURLToPath(new URL('./shape-server.ts', import.meta.url))
const LOADER = fileURLToPath(import.meta.resolve('jiti/register'))

export type BenchServer = {
  port: number
  /** the next request is the first of this shape */
  begin(shape: Shape, totalMs: number): Promise<void>
  /** since `begin`, by the time they were due */
  answers(): Promise<Answer[]>
}

const portOf = async (logs: () => readonly { text: string }[], hasEnded: () => boolean): Promise<number> => {
  for (;;) {
    const text = logs()
      .map((line) => line.text)
      .join('\n')
    const port = Number(/^port (\d+)/m.exec(text)?.[1])
    if (port > 0) return port
    if (hasEnded()) throw new Error(`the server of the benchmark ended: ${text}`)
    await wait(20)
  }
}

export const startServer = async (supervisor: Supervisor): Promise<BenchServer> => {
  const server = supervisor.spawn({
    command: { file: process.execPath, args: ['--import', LOADER, FILE] },
    cwd: supervisor.scratchDir,
    env: {},
  })
  const port = await portOf(server.logs, () => server.exit() !== null)
  const get = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } })
    return await answer.text()
  }
  return {
    port,
    begin: async (shape, totalMs) => {
      await get(`/begin/${encodeURIComponent(shape.name)}/${totalMs}`)
    },
    answers: async () => {
      const answers: Answer[] = JSON.parse(await get('/log'))
      return answers.toSorted((one, other) => one.dueMs - other.dueMs)
    },
  }
}

import { createClock } from '../instruments/clock/clock.ts'
import { createProgress } from './progress/create-progress.ts'
import { run } from './run.ts'

const stop = new AbortController()

/** The first signal ends the proof in order, with a partial Run; the second ends us at once: the watchdog cleans up. */
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    if (stop.signal.aborted) process.exit(name === 'SIGINT' ? 130 : 143)
    stop.abort(name)
  })
}

/** A reader that closed the pipe (`| head`) is no error of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const { NO_COLOR, FORCE_COLOR, CI, TERM } = process.env
const isTTY = process.stderr.isTTY === true && CI === undefined && TERM !== 'dumb'
const progress = createProgress({
  stream: process.stderr,
  isTTY,
  color: NO_COLOR === undefined || NO_COLOR === '' ? isTTY || (FORCE_COLOR ?? '0') !== '0' : false,
  width: process.stderr.columns ?? 80,
  nowMs: createClock().nowMs,
})

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: stop.signal,
  progress,
})
progress.done()

import { EXIT } from '../base/errors/table.ts'
import { createClock } from '../instruments/clock/clock.ts'
import { createProgress } from './progress/create-progress.ts'
import { run } from './run.ts'
import { createTalk } from './talk/create-talk.ts'

const stop = new AbortController()

/** A configuration that ends the process must not look like a proof that ended well. */
let ended = false
process.on('exit', () => {
  if (ended) return
  process.exitCode = EXIT.bug
  process.stderr.write('✖ Plimsoll was ended before it was done. Does plimsoll.config call process.exit()?\n')
})
const leave = (code: number): never => {
  ended = true
  process.exit(code)
}

/** The first signal ends the proof in order, with a partial Run; the second ends us at once: the watchdog cleans up. */
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => {
    if (stop.signal.aborted) leave(name === 'SIGINT' ? EXIT.interrupted : EXIT.terminated)
    stop.abort(name)
  })
}

/** A reader that closed the pipe (`| head`) is no error of ours. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') leave(0)
  throw error
})

const { NO_COLOR, FORCE_COLOR, CI, TERM } = process.env
const isTTY = process.stderr.isTTY === true && CI === undefined && TERM !== 'dumb'
const drawing = {
  stream: process.stderr,
  isTTY,
  color: NO_COLOR === undefined || NO_COLOR === '' ? isTTY || (FORCE_COLOR ?? '0') !== '0' : false,
  width: process.stderr.columns ?? 80,
  nowMs: createClock().nowMs,
}
const progress = createProgress(drawing)
const talk = createTalk({
  ...drawing,
  isTTY: isTTY && process.stdin.isTTY === true,
  input: process.stdin,
  signal: stop.signal,
})

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  signal: stop.signal,
  progress,
  talk,
})
progress.done()
talk.done()
ended = true

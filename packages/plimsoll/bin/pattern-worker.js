/**
 * A worker thread that looks for a text which keeps a pattern busy, and times the pattern on longer and longer ones.
 * Takes `{ pattern, flags, withinMs }`, posts `{ harmless }` of a slow one, `{ text, tookMs }` for each text as it
 * goes, and ends with `{ done: 'safe' | 'slow' | 'unknown', complexity }`. A pattern that never ends is the caller's to end.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'

const { checkSync } = createRequire(import.meta.url)('../assets/recheck/recheck.cjs')

const LONGEST = 60_000
const ENOUGH_MS = 600
const HARMLESS_MS = 5
const MOST_HARMLESS = 2_000
const HARMLESS = ['x', '7', ' ', '-', '.', 'é']

const textOf = ({ pumps, suffix }, repeats) =>
  pumps.map(({ prefix, pump }) => prefix + pump.repeat(repeats)).join('') + suffix

/** Processor time of this thread; time on the clock where the system does not tell, which others make longer. */
const spentMs = () => {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ')[0]) / 1e6
  } catch {
    return performance.now()
  }
}

const time = (expression, text) => {
  const fromMs = spentMs()
  expression.lastIndex = 0
  expression.test(text)
  return spentMs() - fromMs
}

/** One more repeat at a time where each doubles the work, a fifth more where it grows by a power. */
const nextOf = (repeats, complexity) =>
  complexity === 'exponential' ? repeats + 1 : Math.ceil(repeats * 1.2)

const climb = (expression, attack, complexity) => {
  let tookMs = 0
  for (
    let repeats = complexity === 'exponential' ? 2 : 200;
    tookMs < ENOUGH_MS;
    repeats = nextOf(repeats, complexity)
  ) {
    const text = textOf(attack, repeats)
    if (text.length > LONGEST) break
    tookMs = time(expression, text)
    parentPort.postMessage({ text, tookMs })
  }
}

/** Letters that the pattern takes as well may keep it busy for hours: longer and longer texts end that early. */
const isHarmless = (expression, letter) => {
  for (let size = 4; size < MOST_HARMLESS; size = Math.ceil(size * 1.1)) {
    if (time(expression, letter.repeat(size)) >= HARMLESS_MS) return false
  }
  return true
}

parentPort.on('message', ({ pattern, flags, withinMs }) => {
  const done = (said) => parentPort.postMessage({ complexity: null, ...said })
  try {
    const expression = new RegExp(pattern, flags.replace(/[gy]/g, ''))
    const { status, complexity, attack } = checkSync(pattern, flags, { timeout: withinMs })
    if (status !== 'vulnerable') return done({ done: status === 'safe' ? 'safe' : 'unknown' })
    const harmless = HARMLESS.find((letter) => isHarmless(expression, letter))
    if (harmless !== undefined) parentPort.postMessage({ harmless })
    climb(expression, attack, complexity.type)
    done({ done: 'slow', complexity: complexity.type })
  } catch {
    done({ done: 'unknown' })
  }
})

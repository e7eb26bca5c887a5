import type { Readable } from 'node:stream'
import { styleText } from 'node:util'
import { describeCall } from '../../agent/loop/describe-call.ts'
import type { AgentEvent, Answer, Approval, Spent } from '../../agent/loop/events.ts'
import { mapTexts } from '../../base/json/map-texts.ts'
import { showControls } from '../../base/text/show-controls.ts'
import { wrap } from '../../base/text/wrap.ts'
import type { Talk } from '../../commands/define.ts'
import { obligationLine } from '../../commands/session-lines.ts'
import { createStickyBlock, type Stream } from '../progress/sticky-block.ts'
import { readLine } from './ask-line.ts'
import { drawDiff, type Paint } from './draw-diff.ts'
import { eventLines } from './event-lines.ts'
import { stateLine } from './state-lines.ts'
import { createStreamWrap } from './wrap-stream.ts'

export type TalkOptions = {
  /** stderr: results go to stdout */
  stream: Stream
  input: Readable
  /** a person sits there: the block is drawn, and questions can be asked */
  isTTY: boolean
  color: boolean
  /** columns where the stream does not know its own */
  width: number
  nowMs(): number
  signal: AbortSignal
  /** calls back at that pace until stopped; never keeps the process alive */
  every?(intervalMs: number, tick: () => void): () => void
}

const REDRAW_MS = 200
const MOST_TABLE_LINES = 8
const MOST_APPROVAL_LINES = 40
const NOTHING: Spent = { turns: 0, input: 0, output: 0, dollars: null }

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1)?.trim() ?? ''

/** What a model or a program says must not steer the terminal that questions are asked on. */
const plain = <Value>(value: Value): Value => mapTexts(value, showControls)

const everyUnref = (intervalMs: number, tick: () => void) => {
  const timer = setInterval(tick, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}

/**
 * A session of the agent on a terminal: what was said and done scrolls by and stays; a block at the bottom says what
 * goes on. Anywhere else the same lines, without the block and without questions.
 */
export const createTalk = (options: TalkOptions): Talk => {
  const { stream, input, isTTY, color, nowMs, signal, every = everyUnref } = options
  const paint: Paint = (tone, text) => (color ? styleText(tone, text, { validateStream: false }) : text)
  const width = () => Math.min(120, Math.max(40, stream.columns ?? options.width)) - 1
  const block = createStickyBlock(stream, { width: options.width, style: (line) => paint('dim', line) })
  const text = createStreamWrap(width)
  const calls = new Map<string, { title: string; agent: string }>()
  /** calls whose diff was on the screen when they were allowed */
  const shown = new Set<string>()
  let agent = ''
  /** what was printed last of the kinds that repeat themselves */
  const said = new Map<string, string>()
  let isText = false
  let spent = NOTHING
  let doing: string | null = null
  let sinceMs = nowMs()
  let table: string[] = []
  let stop: (() => void) | null = null
  /** The last line was empty: two in a row say nothing. */
  let isApart = true

  const print = (lines: readonly string[]) => {
    for (const line of lines) {
      if (line !== '' || !isApart) block.print(line)
      isApart = line === ''
    }
  }
  const show = () => {
    const rest = text.rest()
    block.show([
      ...(rest === '' ? [] : [rest]),
      ...table,
      stateLine({ spent, doing, sinceMs, nowMs: nowMs() }),
    ])
  }
  const start = () => {
    if (!isHeard) signal.addEventListener('abort', tellStop, { once: true })
    isHeard = true
    if (!isTTY || stop !== null) return
    stop = every(REDRAW_MS, show)
  }
  const pause = () => {
    stop?.()
    stop = null
    block.close()
  }
  /** A terminal that is used for nothing yet has nothing to stop. */
  let isHeard = false
  const tellStop = () => {
    print(text.end())
    print([`  ${paint('yellow', 'stopping')}  what runs is ended in order; Ctrl-C again ends at once`])
  }
  const turnTo = (what: string | null) => {
    doing = what
    sinceMs = nowMs()
  }
  const keep = (event: AgentEvent) => {
    if (event.kind === 'begin') agent = event.agent
    if (event.kind === 'call') {
      const title = describeCall(event.tool, event.input)
      calls.set(event.id, { title, agent: event.agent })
      turnTo(title)
    }
    if (event.kind === 'progress')
      doing = `${calls.get(event.id)?.title ?? event.id} · ${lastLine(event.text)}`
    if (event.kind === 'answer' || event.kind === 'denied' || event.kind === 'text') turnTo(null)
    if (event.kind === 'turn') spent = event.spent
    if (event.kind === 'obligations') {
      const open = event.obligations.filter(({ state }) => state !== 'proven' && state !== 'not-applicable')
      table = open.slice(0, MOST_TABLE_LINES).map(obligationLine)
    }
  }
  const question = async (lines: readonly string[], prompt: string): Promise<string | null> => {
    pause()
    print(['', ...lines])
    stream.write(`  ${paint('bold', prompt)} `)
    const said = await readLine(input, signal)
    if (said === null) stream.write('\n')
    isApart = false
    start()
    return said?.trim() ?? null
  }
  const approve = async (approval: Approval): Promise<Answer> => {
    const { id, title, subject, reason, diff } = plain(approval)
    const lines = [
      `  ${paint('yellow', '?')} ${title}`,
      ...subject.split('\n').map((line) => `    ${line}`),
      ...wrap(reason, { width: width(), indent: '    ' }),
      ...(diff === null ? [] : drawDiff(diff, { width: width(), most: MOST_APPROVAL_LINES, paint })),
    ]
    shown.add(id)
    const said = await question(lines, 'allow?  y yes · a for this session · n no, or why not:')
    const word = (said ?? '').toLowerCase()
    if (['', 'n', 'no'].includes(word)) return 'no'
    if (['y', 'yes'].includes(word)) return 'once'
    return ['a', 'all', 'always'].includes(word) ? 'session' : { no: said ?? '' }
  }
  const ask = async (asked: string, choices: readonly string[] = []): Promise<string> => {
    const numbered = plain(choices).map((choice, index) => `    ${index + 1}  ${choice}`)
    const said = await question([...wrap(plain(asked), { width: width(), indent: '  ' }), ...numbered], '›')
    return choices[Number(said) - 1] ?? said ?? ''
  }
  /** The next task of a session says nothing new about it, and the next proof may not either. */
  const linesOf = (event: AgentEvent): string[] => {
    const known = event.kind === 'answer' && shown.has(event.id) ? { ...event, diff: null } : event
    const lines = eventLines(known, { width: width(), paint, agent, titleOf: (id) => calls.get(id) })
    if (event.kind !== 'begin' && event.kind !== 'obligations') return lines
    const isSame = lines.join('\n') === said.get(event.kind)
    said.set(event.kind, lines.join('\n'))
    return isSame ? [''] : lines
  }

  return {
    on: (told) => {
      const event = plain(told)
      start()
      keep(event)
      if (event.kind === 'text') {
        if (!isText) print([''])
        isText = true
        print(text.push(event.text))
      } else if (event.kind !== 'progress' && event.kind !== 'turn') {
        isText = false
        print(text.end())
      }
      print(linesOf(event))
      if (event.kind === 'end') pause()
    },
    approve: isTTY ? approve : null,
    ask: isTTY ? ask : null,
    next: isTTY
      ? () => question([], 'what next? (Enter ends)').then((said) => (said === '' ? null : said))
      : null,
    done: pause,
  }
}

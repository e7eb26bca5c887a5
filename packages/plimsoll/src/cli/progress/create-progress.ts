import { styleText } from 'node:util'
import type { ProgressEvent } from '../../model/progress.ts'
import { blockLines, heartbeatLine, lineOf, waitingLine } from './lines.ts'
import { advance, NO_PLAN } from './plan-state.ts'
import { createStickyBlock, type Stream } from './sticky-block.ts'

export type ProgressOptions = {
  /** stderr: results go to stdout */
  stream: Stream
  isTTY: boolean
  color: boolean
  /** columns where the stream does not know its own */
  width: number
  nowMs: () => number
  /** calls back at that pace until stopped; never keeps the process alive */
  every?: (intervalMs: number, tick: () => void) => () => void
}

export type Progress = { on(event: ProgressEvent): void; done(): void }

const REDRAW_MS = 100
const HEARTBEAT_MS = 10_000

const everyUnref = (intervalMs: number, tick: () => void) => {
  const timer = setInterval(tick, intervalMs)
  timer.unref()
  return () => clearInterval(timer)
}

/** A label that goes before the first word of a line, dimmed; the sign of a finding in its colour. */
const paintLine = (line: string) =>
  line
    .replace(/^( {2})(\S+)/, (_, indent: string, label: string) => `${indent}${style('dim', label)}`)
    .replace(/✖/, style('red', '✖'))
    .replace(/✓/, style('green', '✓'))
    .replace(/ {2}([\d.]+ (?:ms|s|min)[\d mins]*)$/, (_, end: string) => `  ${style('dim', end)}`)

const style = (name: 'dim' | 'red' | 'green', text: string) =>
  styleText(name, text, { validateStream: false })

/**
 * Tells a person how a proof goes on. On a terminal a block at the bottom says what runs and how long is left;
 * anywhere else each step that ends is one line, and a heartbeat comes when nothing was said for 10 s.
 */
export const createProgress = (options: ProgressOptions): Progress => {
  const { stream, isTTY, color, nowMs, every = everyUnref } = options
  const paint = color ? paintLine : (line: string) => line
  const block = createStickyBlock(stream, { width: options.width, style: (line) => paint(line) })
  const startedMs = nowMs()
  let state = NO_PLAN
  let phase: 'survey' | 'lab' | 'prove' = 'survey'
  let phaseMs = startedMs
  let saidMs = startedMs
  let doing: string | undefined

  const width = () => Math.max(40, stream.columns ?? options.width)
  const redraw = () => {
    const waiting = phase !== 'prove'
    block.show(
      waiting ? [waitingLine(phase, nowMs() - phaseMs, width(), doing)] : blockLines(state, nowMs(), width()),
    )
  }
  const say = (line: string) => {
    saidMs = nowMs()
    block.print(paint(line))
  }
  const beat = () => {
    if (nowMs() - saidMs >= HEARTBEAT_MS) say(heartbeatLine(state, nowMs(), width(), doing))
  }
  const stop = isTTY ? every(REDRAW_MS, redraw) : every(HEARTBEAT_MS / 10, beat)

  return {
    on: (event) => {
      state = advance(state, event, nowMs())
      if (event.kind === 'survey') phase = 'lab'
      if (event.kind === 'lab-doing') doing = `${event.step}: ${event.command}`
      if (event.kind === 'lab-step') doing = event.step === 'start' ? 'trying the routes' : undefined
      if (event.kind === 'lab-ready') doing = undefined
      if (event.kind === 'plan' || event.kind === 'probe-started') phase = 'prove'
      if (event.kind === 'survey' || event.kind === 'plan') phaseMs = nowMs()
      const line = lineOf(event, state, width())
      if (line !== null) say(line)
    },
    done: () => {
      stop()
      block.close()
    },
  }
}

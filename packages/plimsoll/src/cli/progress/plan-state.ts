import type { PlannedProbe, ProgressEvent } from '../../model/progress.ts'

type Running = { title: string; sinceMs: number; done: number; of: number }

/** What is planned, what runs and what is over; built from the events alone. */
export type PlanState = {
  planned: ReadonlyMap<string, PlannedProbe>
  running: ReadonlyMap<string, Running>
  finished: ReadonlySet<string>
  /** most probes that ever ran at the same time */
  lanes: number
}

export const NO_PLAN: PlanState = { planned: new Map(), running: new Map(), finished: new Set(), lanes: 1 }

const without = (running: PlanState['running'], id: string) =>
  new Map([...running].filter(([key]) => key !== id))

export const advance = (state: PlanState, event: ProgressEvent, nowMs: number): PlanState => {
  if (event.kind === 'plan') {
    return { ...NO_PLAN, planned: new Map(event.probes.map((probe) => [probe.id, probe])) }
  }
  if (event.kind === 'probe-started') {
    const started = { title: event.title, sinceMs: nowMs, done: 0, of: 1 }
    const running = new Map([...state.running, [event.id, started]])
    return { ...state, running, lanes: Math.max(state.lanes, running.size) }
  }
  if (event.kind === 'probe-confirming') {
    const own = state.running.get(event.id)
    if (own === undefined) return state
    const confirming = { ...own, sinceMs: nowMs, done: event.done, of: event.of }
    return { ...state, running: new Map([...state.running, [event.id, confirming]]) }
  }
  if (event.kind === 'probe-finished') {
    const finished = new Set([...state.finished, event.id])
    return { ...state, running: without(state.running, event.id), finished }
  }
  return state
}

/** Seconds until the end, from the planned costs; null before there is a plan, or when nothing is left. */
export const secondsLeft = (state: PlanState, nowMs: number): number | null => {
  let left = 0
  for (const [id, probe] of state.planned) {
    if (state.finished.has(id)) continue
    const running = state.running.get(id)
    if (running === undefined) left += probe.seconds
    else {
      const executions = Math.max(1, running.of - running.done)
      left += Math.max(1, probe.seconds * executions - (nowMs - running.sinceMs) / 1000)
    }
  }
  return left === 0 ? null : Math.ceil(left / state.lanes)
}

import { checkPlan } from './check-plan.ts'
import type { LoadGenerator } from './load.ts'
import { openThread, type Thread } from './open-thread.ts'
import { runPlan } from './run-plan.ts'

type Options = {
  nowMs(): number
  /** how many threads share each run; default 1 */
  threads?: number
}

const IDLE = () => {}

/**
 * Threads start with the first run.
 * @throws (from `run`) E_BUG for a plan that cannot be sent, or that would leave this machine
 */
export const createLoadGenerator = ({ nowMs, threads: wanted = 1 }: Options): LoadGenerator => {
  let threads: Thread[] = []
  let runs = 0
  let isClosed = false

  const crew = () => {
    threads = threads.filter(({ isDead }) => !isDead)
    while (!isClosed && threads.length < wanted) threads.push(openThread())
    return threads
  }

  return {
    run: (plan, watch = {}) => {
      checkPlan(plan)
      runs += 1
      return runPlan({ run: runs, plan, threads: [...crew()], nowMs, onTick: watch.onTick ?? IDLE })
    },
    close: async () => {
      isClosed = true
      const ending = threads
      threads = []
      await Promise.all(ending.map((thread) => thread.end()))
    },
  }
}

import type { LabRecord } from '../../model/run.ts'

/** One step of the boot that has ended. Durations are milliseconds. */
export type StepEvent = LabRecord['steps'][number]

export type StepLog = {
  steps: StepEvent[]
  /** runs `work` as a step; the step is written down whether it succeeds or throws */
  step<T>(step: string, command: string, work: () => Promise<T>, outcome?: (result: T) => string): Promise<T>
}

export const openStepLog = (
  onStep: (step: StepEvent) => void,
  onStart: (step: string, command: string) => void = () => {},
): StepLog => {
  const steps: StepEvent[] = []
  const add = (step: string, command: string, startMs: number, outcome: string) => {
    const event = { step, command, durationMs: Math.round(performance.now() - startMs), outcome }
    steps.push(event)
    onStep(event)
  }
  return {
    steps,
    step: async (step, command, work, outcome = () => 'done') => {
      const startMs = performance.now()
      onStart(step, command)
      try {
        const result = await work()
        add(step, command, startMs, outcome(result))
        return result
      } catch (thrown) {
        add(step, command, startMs, 'failed')
        throw thrown
      }
    },
  }
}

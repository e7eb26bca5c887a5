import type { Supervisor } from '../../instruments/process/process.ts'
import type { Config } from '../../model/config.ts'
import type { ProgressEvent } from '../../model/progress.ts'
import type { Run } from '../../model/run.ts'
import type { Finding, Verdict } from '../../model/verdict.ts'
import { surveyFolder } from '../../survey/survey-folder.ts'
import { chooseService } from '../prove/choose-service.ts'
import type { Families } from '../prove/families.ts'
import { openSession, type Session } from '../prove/session.ts'
import { type Again, judgeAgain } from './judge-again.ts'
import type { Ground } from './open-ground.ts'
import { runTest, type WriteTest } from './regression-test.ts'

export type TrialOptions = {
  run: Run
  config: Config
  families: Families
  install: boolean
  supervisor: Supervisor
  writeTest?: WriteTest | undefined
  signal: AbortSignal
  onProgress(event: ProgressEvent): void
}

/** The ground as it is, staged once: any number of verdicts can be asked of it. */
export type Trial = {
  again(verdicts: readonly Verdict[]): Promise<ReadonlyMap<string, Again>>
  /** whether each finding's test passes here; only those for which a test can be written */
  test(findings: readonly Finding[]): Promise<ReadonlyMap<string, boolean>>
  close(): Promise<unknown>
}

/** Staged at the first question that a running app has to answer: what is only read needs none. */
const openLazily = (open: () => Promise<Session>) => {
  let opened: Promise<Session> | null = null
  return {
    get: () => {
      opened ??= open()
      return opened
    },
    close: async () => (await opened?.catch(() => null))?.close(),
  }
}

/** Its methods throw what a stage that does not get ready throws, and the signal's reason. */
export const openTrial = async (ground: Ground, options: TrialOptions): Promise<Trial> => {
  const { run, config, families, signal, writeTest } = options
  const surveyed = await surveyFolder(ground.root, families)
  const session = openLazily(() =>
    openSession({
      ...options,
      ...surveyed,
      ...{ root: ground.root, stores: families.stores, seed: run.seed },
      service: chooseService(surveyed.system, run.service, config),
    }),
  )
  return {
    again: (verdicts) =>
      judgeAgain(verdicts, {
        ...{ run, families, session: session.get, surveyed, contract: config.contract, signal },
      }),
    test: async (findings) => {
      const results = new Map<string, boolean>()
      for (const finding of findings) {
        const test = writeTest?.(finding) ?? null
        if (test === null) continue
        const { stage, open } = await session.get()
        const lab = await open({ seed: run.seed, signal })
        try {
          results.set(finding.id, await runTest(test, lab, ground.root, stage.supervisor, signal))
        } finally {
          await lab.close()
        }
      }
      return results
    },
    close: () => session.close(),
  }
}

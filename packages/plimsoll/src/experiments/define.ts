import type { z } from 'zod'
import type { Lab } from '../lab/lab.ts'
import type { ChangeKind } from '../model/change.ts'
import type { LoadWishes } from '../model/config.ts'
import type { Standard } from '../model/standard.ts'
import type { Judgement } from '../model/verdict.ts'

/** What an experiment needs of a lab; without it the verdict is `not-applicable`, with this as the reason. */
export type Need =
  /** at least one route that answers */
  | 'http'
  /** a store whose bytes cross our proxy */
  | 'wire'
  /** a request that is known to read the store over the wire */
  | 'read-request'
  /** a request that is known to be acknowledged and to write */
  | 'write-request'

/**
 * One dynamic probe.
 *
 * **Contract:** `run` must not throw about what it measures: a crash of the target is an observation. It ends
 * soon after `signal` aborts. It closes what it opened (the lab itself is closed by the engine). What it returns
 * must be plain JSON in the shape of `observes`. `judge` is pure: the same observations and standard give the
 * same judgements, on any machine, years later.
 */
export type Experiment<Seen = unknown> = {
  id: string
  /** what is claimed, in a few words: "survives a database restart" */
  title: string
  /** id of the standard it decides */
  standard: string
  /** ids of further standards that the same observations decide; a judgement names which one it is on */
  also?: readonly string[]
  needs: readonly Need[]
  /** kinds of change after which it has to be run again; absent: none by itself */
  answersFor?: readonly ChangeKind[]
  /** why there is nothing to run, where the configuration has to ask for it; null when it does */
  idle?(wishes: LoadWishes): string | null
  effect: 'reads' | 'writes' | 'faults'
  /** expected wall time on an ordinary backend, and what the configuration adds to it */
  cost: { seconds: number; asked?(wishes: LoadWishes): number }
  /** measures time or load: runs alone on the machine */
  quiet?: boolean
  /** kills the store: gets a server of its own where one can be had */
  ownStore?: boolean
  observes: z.ZodType<Seen>
  /**
   * @param focus subjects of an earlier execution to repeat; absent in the first
   * @param standards every standard of the Run: where its thresholds lie decides where it is worth looking
   */
  run(
    lab: Lab,
    context: { signal: AbortSignal; focus?: readonly string[]; standards?: readonly Standard[] },
  ): Promise<Seen>
  /** @param all every standard of the Run, for those that `also` names; a standard the user left out is not in it */
  judge(seen: Seen, standard: Standard, all?: readonly Standard[]): Judgement[]
}

/** Erases the observation type at the border: the engine parses with `observes` before it judges. */
export const defineExperiment = <Seen>(experiment: Experiment<Seen>): Experiment =>
  experiment as unknown as Experiment

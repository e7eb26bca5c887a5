import type { Experiment } from '../../experiments/define.ts'
import type { LoadWishes } from '../../model/config.ts'
import type { Standard } from '../../model/standard.ts'
import { type Lack, lacking } from './needs.ts'
import type { Session } from './session.ts'

export type Execution = { seed: number; seen: unknown }

/** Generous: it only ends an experiment that hangs, it never decides a verdict. */
const limitMs = ({ cost }: Experiment, wishes: LoadWishes) =>
  60_000 + cost.seconds * 6_000 + (cost.asked?.(wishes) ?? 0) * 1_000

const within = async <T>(work: Promise<T>, ms: number, signal: AbortSignal, stop: () => void): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const ended = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`it did not end within ${Math.round(ms / 1000)} s`))
      stop()
    }, ms)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  try {
    return await Promise.race([work, ended])
  } finally {
    clearTimeout(timer)
  }
}

/** A machine that is busy may fail to boot the app once: that says nothing of what is proved, so it is tried again. */
const openTwice = async (session: Session, options: Parameters<Session['open']>[0]) => {
  try {
    return await session.open(options)
  } catch (thrown) {
    if (options.signal.aborted) throw thrown
    return session.open(options)
  }
}

export type Asked = {
  seed: number
  focus?: readonly string[]
  standards?: readonly Standard[]
  signal: AbortSignal
}

/** One execution in a fresh lab; a lack says why there is nothing to run. */
export const execute = async (
  experiment: Experiment,
  session: Session,
  { seed, focus, standards, signal }: Asked,
): Promise<Execution | Lack> => {
  signal.throwIfAborted()
  const lack = lacking(experiment.needs, session.offer)
  if (lack !== null) return lack
  const lab = await openTwice(session, { seed, signal, ownStores: experiment.ownStore === true })
  const own = new AbortController()
  try {
    const context = {
      signal: AbortSignal.any([signal, own.signal]),
      ...(focus && { focus }),
      ...(standards && { standards }),
    }
    const work = experiment.run(lab, context)
    work.catch(() => undefined)
    const seen = await within(work, limitMs(experiment, lab.wishes), signal, () => own.abort())
    return { seed, seen: JSON.parse(JSON.stringify(seen)) }
  } finally {
    await lab.close()
  }
}

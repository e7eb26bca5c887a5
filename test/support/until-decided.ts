import type { TestContext } from 'vitest'
import type { Judgement } from '../../packages/plimsoll/src/model/verdict.ts'

/** What the product itself says where others had the machine: that decides nothing, and so it is for its tests. */
const NOISE = /% of the processor time|the generator|the machine was busy/
const TRIES = 3
/** A further try takes as long as the first ones did, and the test has to end. */
const LATEST_MS = 200_000
/** For tests that measure again. */
export const PATIENCE_MS = 600_000

type Said = Pick<Judgement, 'detail'>
type Question<T> = {
  /** what is measured, for the line that is printed */
  name: string
  measure(): Promise<T>
  isDecided(measured: T): boolean
  /** the verdicts that may name noise as the reason why it is not */
  saidOf(measured: T): readonly Said[]
}

/**
 * Measures again where what is expected was not seen, twice where noise is the reason. What is still undecided because
 * of noise is skipped with the reason; anything else is given back for the test to judge.
 */
export const untilDecided = async <T>(
  { name, measure, isDecided, saidOf }: Question<T>,
  { skip }: Pick<TestContext, 'skip'>,
): Promise<T> => {
  const fromMs = performance.now()
  for (let tries = 1; ; tries += 1) {
    const measured = await measure()
    if (isDecided(measured)) return measured
    const noise = saidOf(measured).find(({ detail }) => NOISE.test(detail))?.detail
    const isLast = tries === TRIES || performance.now() - fromMs > LATEST_MS
    // A slow machine shows itself as what was waited for in vain, too: once that may be.
    if (noise === undefined && (tries > 1 || isLast)) return measured
    if (!isLast) {
      console.log(`again: ${name}: ${noise ?? saidOf(measured)[0]?.detail ?? 'nothing was said'}`)
      continue
    }
    console.log(`skipped: ${name}. The machine is too busy to measure it: ${noise}`)
    return skip(`the machine is too busy: ${noise}`)
  }
}

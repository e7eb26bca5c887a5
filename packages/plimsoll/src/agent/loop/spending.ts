import type { Price, Usage } from '../model/model.ts'
import type { Budget } from '../session/session.ts'
import type { Spent } from './events.ts'

type Cost = { turns: number; input: number; output: number; dollars: number | null }

/** What a session may spend and has spent, with that of the agents it sent out. */
export type Meter = {
  /** one answer; figures that the provider does not give are taken from the estimate */
  count(usage: Usage, estimate: { input: number; output: number }): Cost
  spent(): Spent
  /** one sentence when the next request would go beyond what is left; null while it would not */
  exceeded(nextInputTokens: number): string | null
  /** what is left; null where there is no limit */
  left(): Budget
  /** a meter that may spend at most a share of what is left, and counts here as well */
  child(share: number, price: Price | null): Meter
}

/** A short answer is expected with every request, so that the last one does not go far beyond. */
const ANSWER_TOKENS = 500

const dollarsOf = (price: Price, usage: Usage, input: number, output: number): number => {
  const read = usage.cachedInput ?? 0
  const written = usage.cacheWrite ?? 0
  const fresh = Math.max(0, input - read - written)
  const paid = fresh * price.input + read * price.cachedInput + written * (price.cacheWrite ?? price.input)
  return (paid + output * price.output) / 1_000_000
}

/** Spent on the same budget before this meter was opened: in an earlier process, or for an earlier task. */
export type Earlier = { dollars: number; tokens: number; turns: number }

const NOTHING: Earlier = { dollars: 0, tokens: 0, turns: 0 }

const shareOf = (limit: number | null, share: number) => (limit === null ? null : limit * share)

/**
 * @param nowMs a clock that only goes forward
 * @param earlier counts against the budget, and not as spent here
 * @param parent counts what is counted here
 */
export const openMeter = (
  budget: Budget,
  price: Price | null,
  nowMs: () => number,
  { earlier = NOTHING, parent = null }: { earlier?: Earlier; parent?: ((cost: Cost) => void) | null } = {},
): Meter => {
  const startedMs = nowMs()
  const spent = { turns: 0, input: 0, output: 0, dollars: 0 }
  const add = (cost: Cost) => {
    spent.turns += cost.turns
    spent.input += cost.input
    spent.output += cost.output
    spent.dollars += cost.dollars ?? 0
    parent?.(cost)
  }
  const minutes = () => (nowMs() - startedMs) / 60_000
  const whole = earlier.turns + earlier.tokens + earlier.dollars > 0 ? ', counting what was spent before' : ''
  const remaining = (limit: number | null, used: number) =>
    limit === null ? null : Math.max(0, limit - used)
  const left = (): Budget => ({
    dollars: remaining(budget.dollars, earlier.dollars + spent.dollars),
    tokens: remaining(budget.tokens, earlier.tokens + spent.input + spent.output),
    turns: remaining(budget.turns, earlier.turns + spent.turns),
    minutes: remaining(budget.minutes, minutes()),
  })
  return {
    count: (usage, estimate) => {
      const input = usage.input ?? estimate.input
      const output = usage.output ?? estimate.output
      const dollars = price === null ? null : dollarsOf(price, usage, input, output)
      const cost = { turns: 1, input, output, dollars }
      add(cost)
      return cost
    },
    spent: () => ({ ...spent, dollars: price === null && spent.dollars === 0 ? null : spent.dollars }),
    left,
    exceeded: (nextInputTokens) => {
      const rest = left()
      if (rest.turns !== null && rest.turns < 1) return `the ${budget.turns} turns are used up${whole}`
      if (rest.minutes !== null && rest.minutes <= 0) return `the ${budget.minutes} minutes are over`
      if (rest.tokens !== null && rest.tokens < nextInputTokens + ANSWER_TOKENS)
        return `of ${budget.tokens} tokens ${Math.round(rest.tokens)} are left, and the next request takes about ${nextInputTokens}${whole}`
      const next =
        price === null ? 0 : (nextInputTokens * price.cachedInput + ANSWER_TOKENS * price.output) / 1_000_000
      if (rest.dollars !== null && rest.dollars <= next)
        return `of $${budget.dollars} $${rest.dollars.toFixed(2)} is left, and the next request costs at least $${next.toFixed(2)}${whole}`
      return null
    },
    child: (share, childPrice) => {
      const rest = left()
      const own = {
        dollars: shareOf(rest.dollars, share),
        tokens: shareOf(rest.tokens, share),
        turns: rest.turns === null ? null : Math.floor(rest.turns * share),
        minutes: shareOf(rest.minutes, share),
      }
      return openMeter(own, childPrice, nowMs, { parent: add })
    },
  }
}

import { z } from 'zod'
import { parseDuration } from '../base/time/parse-duration.ts'

export type GivenBudget = { dollars: number | null; tokens: number | null; minutes: number | null }

const MONEY = /^(?:\$\s*(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?)\s*(?:\$|usd|dollars?))$/i
const TOKENS = /^(\d+(?:\.\d+)?)\s*(k|M)?(?:\s*tokens?)?$/
const SCALE: Readonly<Record<string, number>> = { k: 1_000, M: 1_000_000 }

/** `$2`, `200k`, `30m`, or several with commas between; null for a text that is none. */
export const parseBudget = (text: string): GivenBudget | null => {
  const budget: GivenBudget = { dollars: null, tokens: null, minutes: null }
  for (const part of text.split(',').map((it) => it.trim())) {
    const money = MONEY.exec(part)
    const seconds = parseDuration(part)
    const tokens = TOKENS.exec(part)
    if (money !== null) budget.dollars = Number(money[1] ?? money[2])
    else if (seconds !== null) budget.minutes = seconds / 60
    else if (tokens !== null) budget.tokens = Number(tokens[1]) * (SCALE[tokens[2] ?? ''] ?? 1)
    else return null
  }
  const isSpendable = Object.values(budget).every((amount) => amount === null || amount > 0)
  return isSpendable ? budget : null
}

/** What a session may spend, as it is said on the command line. */
export const Spending = z.string().transform((text, context) => {
  const budget = parseBudget(text)
  if (budget === null) {
    context.addIssue({
      code: 'custom',
      message: `"${text}" is none of $2, 200k (tokens), 30m, or these with commas`,
    })
    return z.NEVER
  }
  return budget
})

import type { Run } from '../run.ts'

type Reach = { reached: number; total: number; refused: number }

/** How many of the routes that were spoken to answered with success, and how many wanted a login. */
const readReach = ({ lab }: Pick<Run, 'lab'>): Reach => {
  const best = new Map<string, number>()
  for (const { route, status } of lab.reach) {
    const answered = status ?? 0
    const before = best.get(route)
    if (before === undefined || (before >= 300 && answered < 300 && answered >= 200))
      best.set(route, answered)
  }
  const statuses = [...best.values()]
  return {
    reached: statuses.filter((status) => status >= 200 && status < 300).length,
    total: statuses.length,
    refused: statuses.filter((status) => status === 401 || status === 403).length,
  }
}

/** Fewer than this, and what is proven speaks for a part of the backend only. */
const ENOUGH = 0.8

/** One sentence, with the way to reach more where there is one; null when nothing was spoken to. */
export const describeReach = (run: Pick<Run, 'lab'>): string | null => {
  const { reached, total, refused } = readReach(run)
  if (total === 0) return null
  const counted = `${reached} of ${total} routes answered with success`
  if (reached >= total * ENOUGH) return counted
  const way =
    refused > total / 4
      ? `${refused} asked for a login: give "headers" in plimsoll.config.json`
      : 'valid requests for more: "requests" in plimsoll.config.json'
  return `${counted}; what is proven holds for these · ${way}`
}

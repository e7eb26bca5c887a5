import type { RequestOptions } from '../../lab/lab.ts'
import type { Exchange } from '../../model/evidence.ts'
import { isRateLimited } from '../../model/reading/rate-limit.ts'
import { isGood } from './bench.ts'
import type { Cell } from './seen.ts'

const decoded = (path: string) => {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

/** The fields whose texts stand in the answer, and did not stand in the request. */
export const shownIn = (
  answer: Exchange,
  request: RequestOptions,
  texts: ReadonlyMap<string, string>,
): string[] => {
  if (!isGood(answer)) return []
  const body = answer.body.toLowerCase()
  const asked = `${decoded(request.path)} ${JSON.stringify(request.body) ?? ''}`.toLowerCase()
  const found = [...texts].filter(([text]) => body.includes(text) && !asked.includes(text))
  return [...new Set(found.map(([, label]) => label))].sort()
}

export const cellOf = (principal: string, answer: Exchange, shows: readonly string[] = []): Cell => ({
  principal,
  status: answer.status,
  shows: [...shows],
  harm: [],
  limited: isRateLimited(answer),
})

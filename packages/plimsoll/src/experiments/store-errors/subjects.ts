/** What a verdict is about, after the store's name: stable between runs. */
export const SUBJECTS = {
  process: 'process after an error',
  transactions: 'transactions after an error',
  connections: 'connections after many errors',
  time: 'time to answer an error',
  retries: 'tries of one request',
  truth: 'answers against contents',
  recovery: 'recovery from errors',
  waiting: 'requests that wait for a connection',
  refill: 'recovery of a used-up pool',
  internals: 'content of error answers',
  status: 'status of error answers',
} as const

const OF_EXHAUSTION: readonly string[] = [SUBJECTS.waiting, SUBJECTS.refill]

export const subjectOf = (store: string, about: string): string => `${store}: ${about}`

/** Which parts decide these subjects; all where none are named. */
export const partsOf = (focus: readonly string[] | undefined) => {
  const wanted = focus?.map((subject) => subject.slice(subject.indexOf(': ') + 2))
  const drains = wanted?.includes(SUBJECTS.connections) ?? true
  return {
    exhaustion: wanted?.some((about) => OF_EXHAUSTION.includes(about)) ?? true,
    drains,
    hits: wanted?.some((about) => !OF_EXHAUSTION.includes(about) && about !== SUBJECTS.connections) ?? true,
  }
}

const MOST_FAILURES = 10
const WINDOW_MS = 60_000
const failures = new Map()

const recent = (key) => (failures.get(key) ?? []).filter((at) => at > Date.now() - WINDOW_MS)
export const isBlocked = (key) => recent(key).length >= MOST_FAILURES
export const countFailure = (key) => failures.set(key, [...recent(key), Date.now()])
export const forget = (key) => failures.delete(key)

const GROUPED = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 })
const WHOLE = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })

/** At most four significant digits, thousands apart, whole numbers in full: `1,340`, `0.0012`, `12,345`. */
export const formatNumber = (value: number): string =>
  Number.isInteger(value) ? WHOLE.format(value) : GROUPED.format(value)

/** What was measured no finer than to that many significant digits: `1,340`, `0.041`. */
export const formatDigits = (value: number, digits: number): string =>
  formatNumber(Number(value.toPrecision(digits)))

/** For people: `380 ms`, `3.1 s`, `42 s`, `1 min 24 s`, `2 h 5 min`. */
export const formatDuration = (ms: number): string => {
  if (ms < 10) return `${formatNumber(Math.round(ms * 10) / 10)} ms`
  if (ms < 999.5) return `${Math.round(ms)} ms`
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** `1 route`, `14 routes`, `0 queries` with its own plural given. */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`

const UNIT_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600 }
const DURATION = /^(\d+(?:\.\d+)?)([smh])$/

/** Seconds that a text such as `90s`, `10m` or `1.5h` means; null for one that is no duration, or a time of none. */
export const parseDuration = (text: string): number | null => {
  const [, amount = '', unit = ''] = DURATION.exec(text.trim().toLowerCase()) ?? []
  const seconds = Number(amount) * (UNIT_SECONDS[unit] ?? 0)
  return seconds > 0 ? seconds : null
}

import type { Random } from '../../base/random/random.ts'

const digit = (random: Random) => String(random.integer(0, 9))
const letter = (random: Random) => 'abcdef'[random.integer(0, 5)] ?? 'a'

/** A name in the same form that nothing has. */
export const missingName = (value: string, random: Random): string => {
  if (/^\d+$/.test(value)) return String(random.integer(1_900_000_000, 2_100_000_000))
  const [user, domain] = value.split('@')
  if (domain !== undefined) return `${missingName(user ?? '', random)}@${domain}`
  if (/^[0-9a-f]{8}-/i.test(value))
    return value.replace(/[0-9a-f](?=[^-]*$)/gi, (one) => (/\d/.test(one) ? digit(random) : letter(random)))
  return value.replace(/[a-z](?!.{12})/g, () => letter(random)).replace(/\d(?!.{12})/g, () => digit(random))
}

/** Shannon entropy in bits a character. */
export const entropy = (text: string): number => {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

const SPELLED =
  /example|sample|placeholder|change.?(?:me|it|this)|your|replace|insert|dummy|fake|redacted|secret|passw|pwd|token|xxx|\*\*\*|\.\.\.|0{6}|1234567|abcdef|qwerty/i
const REFERENCE =
  /\$\{|\$\(|\{\{|<%|<[\w\s-]*>|^\$\w+$|^%\w+%$|%[sd]|process\.env|os\.environ|getenv|^vault:|^op:\/\/|^ref\+/
const COMMON = new Set(
  'postgres postgresql root admin user guest test mysql mongo redis default pass app dev local none null'.split(
    ' ',
  ),
)

/** A value that stands for a secret instead of being one: a word, a reference to a variable, a pattern, a repetition. */
export const isPlaceholder = (value: string): boolean =>
  SPELLED.test(value) || REFERENCE.test(value) || COMMON.has(value.toLowerCase()) || new Set(value).size < 4

/** The body of a provider's credential that nobody generated. Random ones of 16 characters have over 3 bits each. */
export const isInvented = (body: string): boolean =>
  /example|x{4}|your[-_]|placeholder|redacted|1234567|abcdefg|0{6}|\.\.\./i.test(body) || entropy(body) < 2.6

const transitions = (run: string) =>
  [...run].filter((character, index) => index > 0 && /\d/.test(character) !== /\d/.test(run[index - 1] ?? ''))
    .length

/** Letters and digits mixed as no word, path, name or version mixes them. */
export const looksRandom = (value: string): boolean =>
  value
    .split(/[^A-Za-z0-9+=]+/)
    .some((run) => run.length >= 16 && /[a-z]/i.test(run) && transitions(run) >= 3 && entropy(run) >= 3)

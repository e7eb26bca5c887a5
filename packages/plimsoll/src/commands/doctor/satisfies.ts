type Version = readonly [number, number, number]

const parse = (text: string): { version: Version; parts: number } | null => {
  const found = /^v?(\d+)(?:\.(\d+|[x*]))?(?:\.(\d+|[x*]))?/i.exec(text)
  if (found === null) return null
  const numbers = [found[1], found[2], found[3]].map((part) => Number(part))
  const parts = numbers.findIndex((part) => !Number.isInteger(part))
  const at = (index: number) => (Number.isInteger(numbers[index]) ? (numbers[index] ?? 0) : 0)
  return { version: [at(0), at(1), at(2)], parts: parts === -1 ? 3 : parts }
}

const compare = (left: Version, right: Version) =>
  left[0] - right[0] || left[1] - right[1] || left[2] - right[2]

/** The first version that no longer belongs to one that is given with so many parts. */
const after = ([major, minor, patch]: Version, parts: number): Version => {
  if (parts <= 1) return [major + 1, 0, 0]
  return parts === 2 ? [major, minor + 1, 0] : [major, minor, patch + 1]
}

const meets = (actual: Version, comparator: string): boolean | null => {
  if (comparator === '*' || comparator === '') return true
  const found = /^(>=|<=|>|<|=|\^|~)?\s*(.+)$/.exec(comparator)
  const wanted = parse(found?.[2] ?? '')
  if (found === null || wanted === null) return null
  const { version, parts } = wanted
  const next = after(version, parts)
  const from = compare(actual, version) >= 0
  switch (found[1]) {
    case '>=':
      return from
    case '>':
      return compare(actual, next) >= 0
    case '<':
      return !from
    case '<=':
      return compare(actual, next) < 0
    case '^':
      return from && compare(actual, after(version, version[0] === 0 ? 2 : 1)) < 0
    case '~':
      return from && compare(actual, after(version, Math.min(parts, 2))) < 0
    default:
      return from && compare(actual, next) < 0
  }
}

/**
 * Whether a version is one that a range like `>=18 <21 || ^22.3` wants; null when the range is written in a way
 * that is not understood (`lts/*`).
 */
export const satisfies = (version: string, range: string): boolean | null => {
  const actual = parse(version)?.version
  if (actual === undefined) return null
  const alternatives = range.split('||').map((part) => {
    const hyphen = /^\s*(\S+)\s+-\s+(\S+)\s*$/.exec(part)
    const comparators =
      hyphen === null
        ? part
            .trim()
            .replace(/([<>=^~])\s+/g, '$1')
            .split(/\s+/)
        : [`>=${hyphen[1]}`, `<=${hyphen[2]}`]
    const results = comparators.map((comparator) => meets(actual, comparator))
    return results.includes(null) ? null : results.every((result) => result === true)
  })
  if (alternatives.includes(true)) return true
  return alternatives.includes(null) ? null : false
}

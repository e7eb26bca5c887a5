const VERSION = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/

const compareParts = (a: string, b: string): number => {
  const [isNumber, isOther] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumber && isOther) return Number(a) - Number(b)
  if (isNumber !== isOther) return isNumber ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

const comparePrereleases = (a: string | undefined, b: string | undefined): number => {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
  const [left, right] = [a.split('.'), b.split('.')]
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const [one, other] = [left[index], right[index]]
    if (one === undefined || other === undefined) return one === undefined ? -1 : 1
    const order = compareParts(one, other)
    if (order !== 0) return order
  }
  return 0
}

/** Below zero when `a` comes before `b` by Semantic Versioning 2.0.0; null when one of them is no such version. */
export const compareSemver = (a: string, b: string): number | null => {
  const [left, right] = [VERSION.exec(a), VERSION.exec(b)]
  if (left === null || right === null) return null
  for (const part of [1, 2, 3]) {
    const order = Number(left[part] ?? 0) - Number(right[part] ?? 0)
    if (order !== 0) return order
  }
  return comparePrereleases(left[4], right[4])
}

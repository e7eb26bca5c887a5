const VERSION =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|alpha|b|beta|c|rc|pre|preview)[-_.]?(\d*))?(?:(?:[-_.]?(?:post|rev|r)[-_.]?(\d*))|-(\d+))?(?:[-_.]?dev[-_.]?(\d*))?(?:\+[a-z0-9._-]+)?$/i

const STAGES: Readonly<Record<string, number>> = {
  a: 0,
  alpha: 0,
  b: 1,
  beta: 1,
  c: 2,
  rc: 2,
  pre: 2,
  preview: 2,
}
const FINAL = 3
const NO_DEV = Number.POSITIVE_INFINITY

/** Epoch, stage, number of the stage, post and dev release, in the order in which PEP 440 compares them. */
const readVersion = (text: string) => {
  const match = VERSION.exec(text.trim())
  if (match === null) return null
  const [whole, epoch = '0', release = '', stage, stageNumber, post, dashed, dev] = match
  const isDev = /dev/i.test(whole)
  const hasPost = post !== undefined || dashed !== undefined
  const known = stage === undefined ? FINAL : (STAGES[stage.toLowerCase()] ?? FINAL)
  return {
    epoch: Number(epoch),
    release: release.split('.').map(Number),
    rest: [
      known === FINAL && isDev && !hasPost ? -1 : known,
      Number(stageNumber || 0),
      hasPost ? Number(post || dashed || 0) : -1,
      isDev ? Number(dev || 0) : NO_DEV,
    ],
  }
}

/** Below zero when `a` comes before `b` by PEP 440 (local versions left aside); null when one is no such version. */
export const comparePep440 = (a: string, b: string): number | null => {
  const [left, right] = [readVersion(a), readVersion(b)]
  if (left === null || right === null) return null
  if (left.epoch !== right.epoch) return left.epoch - right.epoch
  for (let index = 0; index < Math.max(left.release.length, right.release.length); index += 1) {
    const order = (left.release[index] ?? 0) - (right.release[index] ?? 0)
    if (order !== 0) return order
  }
  for (const [index, part] of left.rest.entries()) {
    const other = right.rest[index] ?? 0
    if (part !== other) return part < other ? -1 : 1
  }
  return 0
}

/**
 * The buckets of an HdrHistogram with a lowest discernible value of 1, a highest of 3.6e9 (an hour in microseconds) and
 * three significant digits: exact up to 2047, from there no wider than a 1024th of what they hold.
 */
export const LOWEST_US = 1
export const HIGHEST_US = 3_600_000_000
export const SIGNIFICANT_DIGITS = 3

const HALF_BITS = 10
const HALF = 1 << HALF_BITS
const WITHIN_FIRST = 2 * HALF - 1
/** of 2047 in its 32 bits */
const FIRST_LEADING_ZEROS = 31 - HALF_BITS

/** @param value a whole number from 0 to HIGHEST_US */
export const bucketIndex = (value: number): number => {
  const doublings = FIRST_LEADING_ZEROS - Math.clz32(value | WITHIN_FIRST)
  return (doublings << HALF_BITS) + (value >>> doublings)
}

export const BUCKET_COUNT = bucketIndex(HIGHEST_US) + 1

/** How many times the width of the bucket is double that of the first ones. */
const doublingsOf = (index: number) => Math.max(0, (index >> HALF_BITS) - 1)

/** The lowest value that falls into the bucket. */
export const bucketLow = (index: number): number => {
  const doublings = doublingsOf(index)
  return (index - (doublings << HALF_BITS)) * 2 ** doublings
}

/** What stands for every value of the bucket: the middle of its lowest and highest. */
export const bucketMiddle = (index: number): number => bucketLow(index) + (2 ** doublingsOf(index) - 1) / 2

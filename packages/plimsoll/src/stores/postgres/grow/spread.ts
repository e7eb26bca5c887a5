/** Of `n`, a whole number from 0 up to `count`, always the same, spread evenly. All are SQL; each salt gives another spread. */
export const spread = (n: string, salt: number, count: number | string): string =>
  `mod(mod(hashint8extended(${n}, ${salt}), ${count}) + ${count}, ${count})`

/** True for that share of all `n`, always the same ones. */
export const share = (n: string, salt: number, of: number): string =>
  `${spread(n, salt, 1_000_000)} < ${Math.round(of * 1_000_000)}`

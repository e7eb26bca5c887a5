/** Parts of the experiment, by the words that their subjects begin or end with. */
export const PARTS = {
  token: /^(?:forged )?tokens? /,
  cookie: /^forged cookie/,
  logout: /: logout$/,
  passwordChange: /: password change$/,
  fixation: /: session fixation$/,
  enumeration: /: enumeration$/,
  throttle: /: throttle$/,
  exposure: /: passwords/,
  opening: /: open to anybody$/,
} as const

export type Part = keyof typeof PARTS

/** Which parts an execution repeats: those of the subjects in focus, all where there is none. */
export const wantedParts = (focus: readonly string[] | undefined): ReadonlySet<Part> => {
  const names: Part[] = [
    'token',
    'cookie',
    'logout',
    'passwordChange',
    'fixation',
    'enumeration',
    'throttle',
    'exposure',
    'opening',
  ]
  return new Set(
    names.filter((name) => focus === undefined || focus.some((subject) => PARTS[name].test(subject))),
  )
}

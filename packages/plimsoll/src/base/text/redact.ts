const MASK = '(redacted)'

/** What a secret looks like wherever it stands: pattern, and what stays of it. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, MASK],
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]+):(?!\((?:redacted|disposable)\)@)[^\s@/]+@/gi, `$1:${MASK}@`],
  [/\b((?:bearer|basic|token) )[\w.~+/=-]{12,}/gi, `$1${MASK}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, MASK],
  [
    /((?:^|[\s;,{])"?(?:[\w-]*(?:password|passwd|secret|api[_-]?key|token))"?\s*[:=]\s*"?)(?!\(redacted\)|\(disposable\))[^\s"',;}]{6,}/gi,
    `$1${MASK}`,
  ],
]

/** Masks credentials in a text: tokens, passwords in addresses, key blocks, `secret=…` assignments. */
export const redact = (text: string): string => {
  let clean = text
  for (const [pattern, keep] of PATTERNS) clean = clean.replace(pattern, keep)
  return clean
}

const MASK = '(redacted)'

/** What a secret looks like wherever it stands: pattern, and what stays of it. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]+):(?!\((?:redacted|disposable)\)@)[^\s@/]+@/gi, `$1:${MASK}@`],
  [/\b((?:bearer|basic|token) )[\w.~+/=-]{12,}/gi, `$1${MASK}`],
  [
    /((?:^|[\s;,{])"?(?:[\w-]*(?:password|passwd|secret|api[_-]?key|token))"?\s*[:=]\s*"?)(?!\(redacted\)|\(disposable\))[^\s"',;}]{6,}/gi,
    `$1${MASK}`,
  ],
]

/** Keys whose own form gives them away, whatever stands around them. */
const KEYS: readonly RegExp[] = [
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{30,}\b/g,
  /\bgithub_pat_\w{30,}/g,
  /\bglpat-[\w-]{20,}/g,
  /\bxox[abeoprs]-[\w-]{10,}/g,
  /\bhooks\.slack\.com\/services\/[\w/]{20,}/g,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bwhsec_[A-Za-z0-9+/=]{24,}/g,
  /\bsk-(?:ant-|proj-)?[\w-]{24,}/g,
  /\bAIza[\w-]{35}/g,
  /\bGOCSPX-[\w-]{28}/g,
  /\bnpm_[A-Za-z0-9]{36}\b/g,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
  /\bAccountKey=[A-Za-z0-9+/]{40,}={0,2}/g,
]

/** Masks only keys that show by their own form, so that source code stays as it is. */
export const redactKeys = (text: string): string =>
  KEYS.reduce((clean, pattern) => clean.replace(pattern, MASK), text)

/** Masks credentials in a text: tokens, passwords in addresses, key blocks, `secret=…` assignments. */
export const redact = (text: string): string => {
  let clean = redactKeys(text)
  for (const [pattern, keep] of PATTERNS) clean = clean.replace(pattern, keep)
  return clean
}

const WORDS = (name: string) => name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase()

const SECRET =
  /(?:^|_)(?:secrets?|salt|pepper|passphrase|(?:jwt|session|cookie|signing|sign|encryption|crypto|api|access|private|master|auth|hmac|token|app|secret)_?keys?|(?:api|access|auth|admin|refresh|bearer|service)_?tokens?|jwt_token|secretkey|apikey)$/
const CREDENTIAL = /(?:^|_)(?:passw(?:or)?d|pwd|pass)$/
const PUBLIC = /public|publishable|vite_|next_public|react_app|_id$|key_id|test/

/** What the name of a variable says that its value is; null where it says nothing of a secret. */
export const kindOfName = (name: string): 'secret' | 'credential' | null => {
  const words = WORDS(name)
  if (PUBLIC.test(words)) return null
  if (SECRET.test(words)) return 'secret'
  return CREDENTIAL.test(words) ? 'credential' : null
}

/** Nothing, a switch, or a word for "there is none" protects nothing and is no fallback. */
export const isFallback = (value: string): boolean =>
  value.trim() !== '' && !/^(?:null|none|undefined|false|true|disabled|off|n\/a|\d{1,6})$/i.test(value.trim())

/** A line with its literals cut to what nobody can use. */
export const withoutLiteral = (line: string, value: string): string =>
  line
    .replaceAll(value, `${value.slice(0, 2)}…`)
    .trim()
    .slice(0, 160)

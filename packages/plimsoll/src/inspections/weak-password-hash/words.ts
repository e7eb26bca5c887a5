/** Words for a password, in a name; what only belongs to one is no password. */
const PASSWORD = /passw(?:or)?d|passphrase|(?:^|[^a-z])pwd|\bpass\b/i
const ABOUT =
  /(?:hash|hashed|digest|token|reset|link|url|id|length|field|policy|salt|encrypted|crypt)\w*$|confirm|repeat|verify/i

/** The last name of an expression such as `req.body.password` or `user["pwd"]`. */
const lastName = (text: string) => /([\w$]+)["'\])]*(?:\.\w+\([^()]*\))*$/.exec(text.trim())?.[1] ?? ''

export const isPassword = (text: string): boolean => {
  const name = lastName(text.replace(/\s*(?:\|\||\?\?)\s*["'`]{2}\)?$/, ''))
  return PASSWORD.test(name) && !ABOUT.test(name)
}

export const FAST = /^(?:md[245]|sha-?(?:1|224|256|384|512)|ripemd160|sha512-256)$/i
export const LEAST_BCRYPT = 10
export const LEAST_PBKDF2 = 100_000

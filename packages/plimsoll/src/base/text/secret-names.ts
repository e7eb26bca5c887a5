const SECRET =
  /(?:^|_)(?:SECRET|TOKEN|PASS|PASSWORD|PASSWD|PASSPHRASE|SALT|PEPPER|KEY|APIKEY|CREDENTIAL|DSN|PGPASSWORD)S?(?:_|$)/
const ABOUT_A_SECRET =
  /(?:EXPIR|TTL|LIFE|MAX_?AGE|LENGTH|SIZE|ROUNDS|NAME|HEADER|PREFIX|ISSUER|AUDIENCE|ALGO|FILE|PATH|DIR|URL|URI|ENABLE|DISABLE|_IDS?$)/i
/** A made-up text in their place would make the app take a way that it does not take without them. */
const HAS_A_FORMAT = /(?:SSL|TLS|HTTPS|CERT|PEM|PUBLIC|PRIVATE|DSN)/i
const PLACEHOLDER =
  /your|change.?me|replace|placeholder|xxx|todo|example|<.*>|^\.+$|^\*+$|^secret$|^password$/i

const words = (name: string) => name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase()

/** A variable whose value must not be printed. */
export const isSecret = (name: string) => SECRET.test(words(name)) && !ABOUT_A_SECRET.test(name)

/** A secret that any long random text can stand in for. */
export const canBeMadeUp = (name: string) => isSecret(name) && !HAS_A_FORMAT.test(name)

/** A text that stands in an example file to be replaced. */
export const isPlaceholder = (value: string) => value.trim() === '' || PLACEHOLDER.test(value)

/** Credentials inside a URL are a secret whatever the variable is called. */
export const hasCredentials = (value: string) => /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i.test(value)

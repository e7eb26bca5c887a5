import type { Lab, RequestOptions } from '../../lab/lab.ts'

/** Whoever the sessions of a trial belong to. */
export type Person = {
  headers: Record<string, string>
  /** null where registering is what lets it in */
  login: RequestOptions | null
  registered: RequestOptions | null
  /** made for the trial: it may be locked out */
  own: boolean
}

/** Somebody new; the first account where nobody can register. */
export const meetPerson = async (lab: Lab): Promise<Person | null> => {
  const made = await lab.newAccount?.()
  if (made != null)
    return { headers: made.headers, login: made.login, registered: made.registered, own: true }
  const [first] = lab.accounts
  if (first === undefined) return null
  return { headers: first.headers, login: lab.entry?.login?.request ?? null, registered: null, own: false }
}

type Fields = Record<string, unknown>

const isFields = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** The body with every text exchanged whose name passes. */
export const exchangeTexts = (body: unknown, change: (name: string, value: string) => string): unknown =>
  isFields(body)
    ? Object.fromEntries(
        Object.entries(body).map(([name, value]) => [
          name,
          typeof value === 'string' ? change(name, value) : exchangeTexts(value, change),
        ]),
      )
    : body

export const PASSWORD = /pass|pwd|secret/i

/** The password in a body; null where there is none. */
export const passwordIn = (body: unknown): string | null => {
  if (!isFields(body)) return null
  for (const [name, value] of Object.entries(body)) {
    if (PASSWORD.test(name) && typeof value === 'string') return value
    const below = passwordIn(value)
    if (below !== null) return below
  }
  return null
}

export const withPassword = (request: RequestOptions, password: string): RequestOptions => ({
  ...request,
  body: exchangeTexts(request.body, (name, value) => (PASSWORD.test(name) ? password : value)),
})

const nobody = (value: string, word: string) =>
  value.includes('@') ? value.replace(/^[^@]*/, `plimsoll-${word}`) : `plimsoll${word}`

/** The login of an account that nobody has. */
export const asNobody = (request: RequestOptions, word: string): RequestOptions => ({
  ...request,
  body: exchangeTexts(request.body, (name, value) => (PASSWORD.test(name) ? value : nobody(value, word))),
})

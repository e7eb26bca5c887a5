import type { z } from 'zod'
import type { Lab, RequestOptions } from '../../lab/lab.ts'
import type { Exchange } from '../../model/evidence.ts'
import { cut } from './answers.ts'
import { asNobody, exchangeTexts, meetPerson, withPassword } from './person.ts'
import { recoveriesOf } from './recoveries.ts'
import type { Comparison } from './seen.ts'

type Compared = z.infer<typeof Comparison>

const WRONG = 'Plimsoll-9-wrong'

/** What an answer says once everything is taken out that is of this one request. */
const essence = ({ status, body }: Exchange, sent: RequestOptions): string => {
  let text = body
  exchangeTexts(sent.body, (_, value) => {
    if (value.length > 2) text = text.replaceAll(value, '…')
    return value
  })
  const masked = text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}/gi, '…')
    .replace(/[\w+/=-]{24,}/g, '…')
    .replace(/\d+/g, '0')
  return `${status} ${masked}`
}

const differs = (one: string, other: string): string => {
  if (one === other) return ''
  const [a, b] = [one.slice(0, 3), other.slice(0, 3)]
  return a === b ? 'the text of the answer' : `status ${a} for one that exists, ${b} for one that does not`
}

/** Asks twice for each: what changes by itself tells nothing. */
const compare = async (
  lab: Lab,
  operation: string,
  existing: RequestOptions,
  missing: () => RequestOptions,
): Promise<Compared | null> => {
  const ask = async (request: RequestOptions) => {
    const exchange = await lab.http.request({ ...request, bodyLimit: 16_384 })
    return { exchange, said: essence(exchange, request) }
  }
  const a = [await ask(existing), await ask(existing)] as const
  const b = [await ask(missing()), await ask(missing())] as const
  const all = [...a, ...b].map(({ exchange }) => exchange)
  if (all.some(({ status }) => status === null || status === 429 || status >= 500)) return null
  const steady = a[0].said === a[1].said && b[0].said === b[1].said
  return {
    operation,
    existing: cut(a[0].exchange),
    missing: cut(b[0].exchange),
    differs: steady ? differs(a[0].said, b[0].said) : '',
  }
}

/** Whether the login and the recovery answer otherwise for an account that exists than for one that does not. */
export const compareAccounts = async (lab: Lab): Promise<Compared[]> => {
  const person = await meetPerson(lab)
  if (person?.login == null) return []
  const { login } = person
  const wrong = withPassword(login, WRONG)
  const compared = [
    await compare(lab, `${login.method} ${lab.entry?.login?.route.path ?? login.path}`, wrong, () =>
      asNobody(wrong, lab.random.word(10)),
    ),
  ]
  for (const request of recoveriesOf(lab, person))
    compared.push(
      await compare(lab, `POST ${request.path}`, request, () => asNobody(request, lab.random.word(10))),
    )
  return compared.filter((one) => one !== null)
}

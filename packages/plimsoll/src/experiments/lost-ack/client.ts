import { parseJson } from '../../base/json/parse-json.ts'
import type { RequestOptions } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import { isAcknowledged } from '../../lab/witness/send.ts'
import { freshTexts, type Sent, textsIn, type Witness } from '../../lab/witness/witness.ts'
import type { Exchange } from '../../model/evidence.ts'
import type { Bench, Writer } from './bench.ts'

/** One line of the client's log. */
export type Entry = {
  writer: Writer
  sent: Sent
  /** of this write alone */
  texts: readonly string[]
  acknowledged: boolean
  held: string | null
  /** how it is looked for where its texts do not stand in tables; made when it is looked for first */
  witness?: Witness | null
}

export type Prepared = { writer: Writer; template: RequestOptions; request: RequestOptions }

const SHOWN_CHARACTERS = 2_000
/** An id that the app chose: no chance word is this long without a space. */
const LONG_ID = /^[\w-]{16,}$/

/** Texts of the request that are its own; else long ids that the answer gave it. */
export const ownTexts = ({ sent, template, answer }: Sent): string[] => {
  const fresh = freshTexts(sent, template)
  return fresh.length > 0 ? fresh : textsIn(parseJson(answer.body)).filter((text) => LONG_ID.test(text))
}

export const prepare = ({ lab }: Pick<Bench, 'lab'>, writer: Writer): Prepared => {
  const template = writer.known().request
  return { writer, template, request: freshen(template, lab.random) }
}

/** Sends it and writes the log's line. */
export const deliver = async (
  { lab, signal }: Pick<Bench, 'lab' | 'signal'>,
  { writer, template, request }: Prepared,
): Promise<Entry> => {
  const answer = await lab.http.request({ ...request, bodyLimit: 65_536, signal })
  const sent = { sent: request, template, answer }
  return { writer, sent, texts: ownTexts(sent), acknowledged: isAcknowledged(answer), held: null }
}

export const send = (bench: Pick<Bench, 'lab' | 'signal'>, writer: Writer): Promise<Entry> =>
  deliver(bench, prepare(bench, writer))

/** The exchange as evidence: its body cut. */
export const shownExchange = ({ sent: { answer } }: Entry): Exchange => ({
  ...answer,
  body: answer.body.slice(0, SHOWN_CHARACTERS),
})

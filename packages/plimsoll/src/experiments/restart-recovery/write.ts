import type { KnownRequest, Lab } from '../../lab/lab.ts'
import { freshen } from '../../lab/speak/freshen.ts'
import type { Exchange } from '../../model/evidence.ts'
import { countRows, findGrowth, findQuiet, type Rows, rowsNow } from './rows.ts'
import { findPlace, isShown, type Place, type Witness, witnessFor } from './witness.ts'

/** A writer may show its values a little later; this long it is waited for. */
export const LAG_LIMIT_MS = 4_000
const EVERY_MS = 200
/** A job that writes on its own does so within this time, or seldom enough not to be mistaken for a write. */
const IDLE_MS = 2_500
const BATCH = 5
/** Enough of an answer to show as evidence. */
const SHOWN_CHARACTERS = 2_000

export type Written = { route: string; exchange: Exchange; witness: Witness }
export type Writer = { known: KnownRequest; place: Place }

/** 202 promises nothing yet: what it took on may still be in memory. */
const isGood = ({ status }: Exchange) => status !== null && status >= 200 && status < 300 && status !== 202

export const until = async (
  lab: Lab,
  signal: AbortSignal,
  test: () => Promise<boolean>,
): Promise<boolean> => {
  const fromMs = lab.nowMs()
  for (;;) {
    if (await test()) return true
    if (lab.nowMs() - fromMs > LAG_LIMIT_MS || signal.aborted) return false
    await lab.sleep(EVERY_MS)
  }
}

const send = async (lab: Lab, known: KnownRequest, signal: AbortSignal) => {
  const sent = freshen(known.request, lab.random)
  return {
    sent,
    template: known.request,
    answer: await lab.http.request({ ...sent, bodyLimit: 65_536, signal }),
  }
}

/** A kind of write that is known to come to show: tried once, and waited for. A read of the API is looked at first. */
export const findWriter = async (lab: Lab, signal: AbortSignal): Promise<Writer | null> => {
  const posts = lab.known.filter(({ request }) => request.method === 'POST' && request.body !== undefined)
  for (const known of posts) {
    const before = await countRows(lab)
    const one = await send(lab, known, signal)
    if (!isGood(one.answer)) continue
    let place: Place | null = null
    let grown: Rows[] = []
    await until(lab, signal, async () => {
      place = await findPlace(lab, one, signal)
      grown = place === null ? findGrowth(before, await countRows(lab)) : []
      return place !== null || grown.length > 0
    })
    if (grown.length > 0) place = await findQuiet(lab, grown, IDLE_MS)
    if (place !== null) return { known, place }
  }
  return null
}

/** A table is counted anew before the write that follows a restart. */
export const recount = async ({ place }: Writer): Promise<void> => {
  if (place.kind === 'rows') place.expected = (await rowsNow(place)) ?? 0
}

/** One acknowledged write; null when this one was not. */
export const writeOne = async (
  lab: Lab,
  { known, place }: Writer,
  signal: AbortSignal,
): Promise<Written | null> => {
  const one = await send(lab, known, signal)
  const { answer } = one
  const witness = isGood(answer) ? witnessFor(place, one) : null
  return witness === null
    ? null
    : {
        route: `${known.route.method} ${known.route.path}`,
        exchange: { ...answer, body: answer.body.slice(0, SHOWN_CHARACTERS) },
        witness,
      }
}

/** Several, quickly: whatever the app still holds back is in them. */
export const writeBatch = async (lab: Lab, writer: Writer, signal: AbortSignal): Promise<Written[]> => {
  const written: Written[] = []
  for (let index = 0; index < BATCH; index += 1) {
    const one = await writeOne(lab, writer, signal)
    if (one !== null) written.push(one)
  }
  return written
}

/** Which of them show now, waiting as long as a value may take. */
export const findShown = async (
  lab: Lab,
  written: readonly Written[],
  signal: AbortSignal,
): Promise<Set<Written>> => {
  const shown = new Set<Written>()
  await until(lab, signal, async () => {
    for (const one of written)
      if (!shown.has(one) && (await isShown(lab, one.witness, signal))) shown.add(one)
    return shown.size === written.length
  })
  return shown
}

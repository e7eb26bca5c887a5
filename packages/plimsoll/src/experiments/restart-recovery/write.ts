import type { KnownRequest, Lab } from '../../lab/lab.ts'
import { countRows, findGrowth, findQuiet, type Rows, rowsNow } from '../../lab/witness/rows.ts'
import { isAcknowledged, sendFresh, until } from '../../lab/witness/send.ts'
import { findPlace, isShown, type Place, type Witness, witnessFor } from '../../lab/witness/witness.ts'
import type { Exchange } from '../../model/evidence.ts'

/** A job that writes on its own does so within this time, or seldom enough not to be mistaken for a write. */
const IDLE_MS = 2_500
const BATCH = 5
/** Enough of an answer to show as evidence. */
const SHOWN_CHARACTERS = 2_000

export type Written = { route: string; exchange: Exchange; witness: Witness }
export type Writer = { known: KnownRequest; place: Place }

/** A kind of write that is known to come to show: tried once, and waited for. A read of the API is looked at first. */
export const findWriter = async (lab: Lab, signal: AbortSignal): Promise<Writer | null> => {
  const posts = lab.known.filter(({ request }) => request.method === 'POST' && request.body !== undefined)
  for (const known of posts) {
    const before = await countRows(lab)
    const one = await sendFresh(lab, known, signal)
    if (!isAcknowledged(one.answer)) continue
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
  const one = await sendFresh(lab, known, signal)
  const { answer } = one
  const witness = isAcknowledged(answer) ? witnessFor(place, one) : null
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

import type { Lab } from '../lab.ts'

const WATCH_MS = 300

/**
 * Adds the shapes of statements that the app sends while nobody asks it anything: those of its background jobs.
 * @param settleMs for what a request started and did not wait for
 */
export const watchIdle = async (
  lab: Pick<Lab, 'stores' | 'sleep'>,
  background: Set<string>,
  settleMs = 0,
): Promise<void> => {
  const wires = lab.stores.flatMap(({ wire }) => (wire === null ? [] : [wire]))
  if (wires.length === 0) return
  await lab.sleep(settleMs)
  const marks = wires.map((wire) => wire.mark())
  await lab.sleep(WATCH_MS)
  wires.forEach((wire, index) => {
    for (const { shape } of wire.since(marks[index] ?? 0)) background.add(shape)
  })
}

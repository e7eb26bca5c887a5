import type { Door } from '../../packages/plimsoll/src/engine/door/door.ts'
import { findExplanation, loadExplanations } from '../../packages/plimsoll/src/engine/explain/explanations.ts'
import { sampleRun } from './sample-run/index.ts'

const absent = () => Promise.reject(new Error('there is no lab here'))

/** A door to the sample Run instead of a repository, for what is said about answers; any part can be given. */
export const testDoor = (parts: Partial<Door> = {}): Door => {
  const run = sampleRun()
  const dir = `/runs/${run.id}`
  const texts = loadExplanations()
  return {
    survey: async () => run.system,
    prove: async () => ({ run, dir }),
    proveEarlier: async () => null,
    replay: absent,
    run: (id = run.id) => (id === run.id ? { run, dir } : null),
    runs: () => [{ id: run.id, dir }],
    evidence: (tree) => (run.tree === tree ? [run] : []),
    explain: (id) => findExplanation(texts, id) ?? null,
    topics: () => Object.keys(texts),
    standards: () => run.standards,
    query: absent,
    http: absent,
    preview: async () => [],
    environment: absent,
    close: async () => {},
    ...parts,
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { takeTree } from '../../packages/plimsoll/src/agent/obligations/trees/tree.ts'
import { families } from '../../packages/plimsoll/src/commands/families.ts'
import type { Door } from '../../packages/plimsoll/src/engine/door/door.ts'
import type { Run } from '../../packages/plimsoll/src/model/run.ts'
import type { Verdict } from '../../packages/plimsoll/src/model/verdict.ts'
import { sampleRun } from './sample-run/index.ts'

/** What the engine would find in a source: refuted where a pattern stands in it. */
export type Flaw = {
  probe: string
  standard: string
  subject: string
  title: string
  where: RegExp
  file: string
}

export type FakeDoor = Door & {
  proofs: readonly (readonly string[])[]
  /** what was asked of the files before the work */
  earlier: readonly (readonly string[])[]
}

const verdictOf = (probe: string, standard: string, more: Partial<Verdict>): Verdict => ({
  ...{
    id: `${probe.slice(0, 4)}1`,
    probe,
    standard,
    status: 'proven',
    subject: '',
    title: 'It holds',
    detail: '',
  },
  ...{ repairs: [], evidence: [], figures: [], notCovered: [], confirmations: { passed: 3, of: 3 } },
  ...more,
})

const never = async () => {
  throw new Error('nothing here asks for that')
}

/**
 * The engine at its seam, without a lab: it finds a flaw wherever its pattern stands in the source as it is then, and
 * everything else holds.
 */
export const openFakeDoor = (root: string, flaws: readonly Flaw[] = []): FakeDoor => {
  const proofs: (readonly string[])[] = []
  const runs: Run[] = []
  const read = (file: string) => {
    try {
      return readFileSync(join(root, file), 'utf8')
    } catch {
      return ''
    }
  }
  const earlier: (readonly string[])[] = []
  const judge = async (only: readonly string[], textOf: (file: string) => string): Promise<Run> => {
    const tree = await takeTree(root, families)
    const routes = tree.system.services.flatMap((service) =>
      service.routes.map(({ method, path }) => `${method} ${path}`),
    )
    const probes = [...families.experiments, ...families.inspections].filter(({ id }) => only.includes(id))
    const verdicts = probes.flatMap(({ id, standard }): Verdict[] => {
      const found = flaws.filter((flaw) => flaw.probe === id && flaw.where.test(textOf(flaw.file)))
      const refuted = found.map((flaw) =>
        verdictOf(id, flaw.standard, {
          ...{
            status: 'refuted',
            severity: 'high',
            tier: 'defect',
            subject: flaw.subject,
            title: flaw.title,
          },
          ...{
            detail: 'read (A), read (B), write (A), write (B)',
            replay: `plimsoll replay ${id.slice(0, 4)}1`,
          },
        }),
      )
      const clean = routes.filter((route) => !found.some(({ subject }) => subject.includes(route)))
      return [
        ...refuted,
        ...clean.map((subject) => verdictOf(id, standard, { subject, id: `${id}-${subject}` })),
      ]
    })
    const sample = sampleRun()
    const reach = routes.map((route) => ({ route, status: 200, statements: 1, how: 'inferred' }))
    return sampleRun({
      ...{ id: `20261123-${runs.length + 1}`, verdicts, tree: tree.hash, system: tree.system, overrides: {} },
      lab: { ...sample.lab, reach },
      probes: probes.map(({ id, standard }) => ({
        ...{ probe: id, standard, title: id, outcome: 'ran', startedAtMs: 0, durationMs: 1, executions: [] },
        kind: families.inspections.some((one) => one.id === id) ? 'inspection' : 'experiment',
      })),
    })
  }
  const prove: Door['prove'] = async ({ only = [], signal }) => {
    signal.throwIfAborted()
    proofs.push(only)
    const run = await judge(only, read)
    runs.unshift(run)
    return { run, dir: `.plimsoll/runs/${run.id}` }
  }
  const proveEarlier: Door['proveEarlier'] = async (tree, { only = [] }) => {
    earlier.push(only)
    const files = [...new Set(flaws.map(({ file }) => file))]
    const texts = new Map(
      await Promise.all(files.map(async (file) => [file, (await tree.read(file)) ?? ''] as const)),
    )
    const run = { ...(await judge(only, (file) => texts.get(file) ?? '')), tree: tree.hash }
    return { run, dir: `.plimsoll/baselines/${run.id}` }
  }
  return {
    ...{ proofs, prove, earlier, proveEarlier, replay: never, query: never, http: never },
    survey: async () => (await takeTree(root, families)).system,
    run: (id) => {
      const run = id === undefined ? runs[0] : runs.find((one) => one.id === id)
      return run === undefined ? null : { run, dir: `.plimsoll/runs/${run.id}` }
    },
    evidence: (hash) => runs.filter(({ tree }) => tree === hash),
    runs: () => runs.map(({ id }) => ({ id, dir: `.plimsoll/runs/${id}` })),
    ...{ explain: () => null, topics: () => [], standards: () => families.standards },
    ...{ preview: async () => [], environment: never, close: async () => {} },
  }
}

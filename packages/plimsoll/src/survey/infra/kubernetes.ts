import { posix } from 'node:path'
import { z } from 'zod'
import type { Project } from '../../instruments/source/project.ts'
import type { InfraFile } from '../../model/system.ts'
import { type Hint, makeHint } from './hint.ts'

const Container = z.object({
  name: z.string().optional(),
  env: z
    .array(z.object({ name: z.string(), value: z.coerce.string().optional() }).catch({ name: '' }))
    .catch([]),
  ports: z.array(z.object({ containerPort: z.number() })).catch([]),
})
const Manifest = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({ name: z.string().optional() }).catch({}),
  spec: z.unknown(),
})
const Workload = z.object({
  template: z.object({ spec: z.object({ containers: z.array(Container) }) }),
})

const isChart = (file: string, charts: readonly string[]) => charts.some((dir) => file.startsWith(`${dir}/`))

/** Manifests by what is in them, not by where they lie; the templates of Helm charts are no YAML and left out. */
export const readKubernetes = (project: Project): { files: InfraFile[]; hints: Hint[] } => {
  const charts = project.files
    .filter((file) => /(^|\/)Chart\.ya?ml$/.test(file))
    .map((file) => posix.dirname(file))
  const files: InfraFile[] = charts.map((dir) => ({ kind: 'helm', file: `${dir}/Chart.yaml`, detail: '' }))
  const hints: Hint[] = []
  for (const file of project.under('.', '.yaml', '.yml')) {
    if (isChart(file, charts)) continue
    const text = project.text(file) ?? ''
    if (!/^apiVersion:/m.test(text) || !/^kind:/m.test(text)) continue
    const manifests = (project.yaml(file) ?? []).flatMap((one) => {
      const parsed = Manifest.safeParse(one)
      return parsed.success ? [parsed.data] : []
    })
    if (manifests.length === 0) continue
    files.push({
      kind: 'kubernetes',
      file,
      detail: [...new Set(manifests.map((one) => one.kind))].join(', '),
    })
    for (const manifest of manifests) {
      const workload = Workload.safeParse(manifest.spec)
      if (!workload.success) continue
      for (const container of workload.data.template.spec.containers)
        hints.push(
          makeHint({
            kind: 'kubernetes',
            file,
            dir: null,
            name: container.name ?? manifest.metadata.name ?? null,
            env: container.env.flatMap(({ name, value }) => (value === undefined ? [] : [{ name, value }])),
            ports: container.ports.map(({ containerPort }) => ({
              port: containerPort,
              env: null,
              from: file,
            })),
          }),
        )
    }
  }
  return { files, hints }
}

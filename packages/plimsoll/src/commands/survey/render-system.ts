import { formatCount } from '../../base/text/numbers.ts'
import { wrap } from '../../base/text/wrap.ts'
import type { System } from '../../model/system.ts'
import { renderRoutes, renderUnresolved } from './render-routes.ts'
import { renderService } from './render-service.ts'

export type RenderOptions = {
  /** the folder as the user typed it */
  target: string
  /** columns; a path or a place wider than a line is kept whole */
  width: number
  /** store id → name */
  storeNames: ReadonlyMap<string, string>
}

const head = (system: System, { target, width }: RenderOptions): string => {
  const left = `⦵ plimsoll survey ${target}`
  const state = [system.commit?.slice(0, 7), system.dirty ? 'changed' : null]
  const right = [...state, formatCount(system.files.read, 'file')].filter(Boolean).join(' · ')
  return left + right.padStart(Math.max(width - left.length, right.length + 2))
}

const LABEL = 15

type Line = { label: string; text: string }

const listed = (title: string, lines: readonly Line[], width: number): string[] =>
  lines.length === 0
    ? []
    : [
        '',
        `  ${title}`,
        ...lines.flatMap(({ label, text }) =>
          wrap(text, {
            width,
            indent: `    ${label === '' ? '' : label.padEnd(LABEL)}`,
            hanging: ' '.repeat(label === '' ? 6 : LABEL + 4),
          }),
        ),
      ]

/** Many files of one kind fall together: what matters is that they are there. */
const MOST_OF_A_KIND = 4

const infraLines = ({ infra }: System): Line[] =>
  [...new Set(infra.map((file) => file.kind))].flatMap((kind) => {
    const files = infra.filter((file) => file.kind === kind)
    if (files.length > MOST_OF_A_KIND) {
      const details = [...new Set(files.map((file) => file.detail))]
      const what = kind === 'ci' && details.length === 1 ? ` · ${details[0]}` : ''
      return [{ label: kind, text: `${formatCount(files.length, 'file')}${what}` }]
    }
    return files.map((file, index) => ({
      label: index === 0 ? kind : ' ',
      text: [file.file, file.detail].filter(Boolean).join(' · '),
    }))
  })

const contractLines = ({ contracts }: System): Line[] =>
  contracts.map(({ kind, version, operations, file }) => ({
    label: [kind, version].filter(Boolean).join(' '),
    text: `${formatCount(operations, 'operation')} · ${file}`,
  }))

/** The System for people: one block a service, then what surrounds them, then what could not be read. */
export const renderSystem = (system: System, options: RenderOptions): string => {
  const { width } = options
  const none =
    system.services.length === 0 ? ['', '  No service was recognised: nothing here starts and listens.'] : []
  const lines = [
    head(system, options),
    ...none,
    ...system.services.flatMap((service) => [
      '',
      ...renderService(service, options),
      ...renderRoutes(service, width),
      ...renderUnresolved(service, width),
    ]),
    ...listed('around it', infraLines(system), width),
    ...listed('contracts', contractLines(system), width),
    ...listed(
      'could not be read',
      system.problems.map(({ file, problem }) => ({ label: '', text: `${file}: ${problem}` })),
      width,
    ),
  ]
  return `${lines.join('\n')}\n`
}

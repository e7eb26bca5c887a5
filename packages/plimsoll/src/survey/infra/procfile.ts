import { posix } from 'node:path'
import type { Project } from '../../instruments/source/project.ts'
import type { InfraFile } from '../../model/system.ts'
import { type Hint, makeHint } from './hint.ts'

/** `web: node server.js`: the web process is the one that serves. */
export const readProcfiles = (project: Project): { files: InfraFile[]; hints: Hint[] } => {
  const files: InfraFile[] = []
  const hints: Hint[] = []
  for (const file of project.files.filter((one) => /(^|\/)Procfile$/.test(one))) {
    const lines = (project.text(file) ?? '').split('\n').flatMap((line) => {
      const [, name, command] = /^([\w-]+)\s*:\s*(.+)$/.exec(line.trim()) ?? []
      return name === undefined || command === undefined ? [] : [{ name, command }]
    })
    const web = lines.find((line) => line.name === 'web')
    const dir = posix.dirname(file)
    if (web !== undefined)
      hints.push(
        makeHint({
          kind: 'procfile',
          file,
          dir,
          name: 'web',
          start: [{ command: web.command, dir, from: `${file} web` }],
        }),
      )
    files.push({
      kind: 'procfile',
      file,
      detail: lines.map((line) => `${line.name}: ${line.command}`).join(' · '),
    })
  }
  return { files, hints }
}

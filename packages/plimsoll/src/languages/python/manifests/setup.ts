import type { Project } from '../../../instruments/source/project.ts'
import { openCode } from '../code/code.ts'
import { argument } from '../code/syntax.ts'
import type { Value } from '../code/values.ts'
import { emptyManifest, type Manifest } from './manifest.ts'
import { readRequirement, type Wanted } from './names.ts'

const wantedOf = (lines: readonly string[]): Wanted[] =>
  lines.map(readRequirement).filter((wanted) => wanted !== null)

const texts = (value: Value): string[] =>
  value.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])) : []

/** setup.py: the literal arguments of its `setup(…)` call. */
export const readSetupScript = (project: Project, file: string): Manifest => {
  const code = openCode(project, `${file}#`, [file])
  const manifest = emptyManifest(file)
  for (const { node, scope } of code.callsOf('setup')) {
    const read = (name: string) => code.evaluate.one(argument(node, name), scope)
    const name = read('name')
    const python = read('python_requires')
    manifest.name = name.kind === 'text' ? name.text : manifest.name
    manifest.python = python.kind === 'text' ? python.text : manifest.python
    manifest.runtime.push(...wantedOf(texts(read('install_requires'))))
    manifest.development.push(...wantedOf(texts(read('tests_require'))))
  }
  return manifest
}

/** setup.cfg: an INI file whose lists are indented lines. */
export const readSetupConfig = (project: Project, file: string): Manifest => {
  const manifest = emptyManifest(file)
  let section = ''
  let key = ''
  const take = (value: string) => {
    if (value === '' || value.startsWith('#')) return
    if (section === 'metadata' && key === 'name') manifest.name = value
    if (section !== 'options') return
    if (key === 'python_requires') manifest.python = value
    if (key === 'install_requires') manifest.runtime.push(...wantedOf([value]))
    if (key === 'tests_require') manifest.development.push(...wantedOf([value]))
  }
  for (const line of (project.text(file) ?? '').split(/\r?\n/)) {
    const header = /^\[(.+)\]\s*$/.exec(line)?.[1]
    const pair = /^([\w.-]+)\s*[=:]\s*(.*)$/.exec(line)
    if (header !== undefined) section = header
    else if (pair !== null) {
      key = pair[1] ?? ''
      take((pair[2] ?? '').trim())
    } else take(line.trim())
  }
  return manifest
}

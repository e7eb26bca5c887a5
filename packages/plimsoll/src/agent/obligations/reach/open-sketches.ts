import { isScript, parseScript } from '../../../instruments/source/parse-script.ts'
import type { Project } from '../../../instruments/source/project.ts'
import { createResolver } from '../../../languages/javascript/code/resolve-module.ts'
import { createLocate } from '../../../languages/python/code/locate-module.ts'
import type { Sketch } from './sketch.ts'
import { sketchPython } from './sketch-python.ts'
import { sketchScript } from './sketch-script.ts'

const NOTHING: Sketch = {
  ...{ units: [], words: [], imports: [], passed: [], silent: [], spans: [], statements: [] },
}

export type Sketches = {
  /** of a file as it is; empty for what is no code that we read */
  of(file: string): Sketch
  /** of a text that the file once had; scripts only */
  earlier(file: string, text: string): Sketch
  /** every file that those lead to by imports, themselves included */
  reachable(files: readonly string[]): ReadonlySet<string>
}

/** Sketches of a project's sources, each made once. */
export const openSketches = (project: Project): Sketches => {
  const resolve = createResolver(project)
  const locate = createLocate(
    project,
    '.',
    project.files.filter((file) => file.endsWith('.py')),
  )
  const fileOf = (from: string) => (specifier: string) => {
    const found = resolve(from, specifier)
    return found.kind === 'file' ? found.file : null
  }
  const moduleOf = (from: string) => (module: string) => {
    const found = locate(module, from)
    return found !== null && 'file' in found ? found.file : null
  }
  const make = (file: string): Sketch => {
    if (isScript(file)) {
      const source = project.script(file)
      return source === null ? NOTHING : sketchScript(source, fileOf(file))
    }
    const tree = file.endsWith('.py') ? project.tree(file, 'python') : null
    return tree === null ? NOTHING : sketchPython(tree, moduleOf(file))
  }
  const made = new Map<string, Sketch>()
  const of = (file: string): Sketch => {
    const sketch = made.get(file) ?? make(file)
    made.set(file, sketch)
    return sketch
  }
  return {
    of,
    earlier: (file, text) =>
      isScript(file) ? sketchScript(parseScript(file, text).source, fileOf(file)) : NOTHING,
    reachable: (files) => {
      const seen = new Set(files)
      for (const file of seen) {
        const { imports, passed } = of(file)
        for (const { file: next } of [...imports, ...passed]) seen.add(next)
      }
      return seen
    },
  }
}

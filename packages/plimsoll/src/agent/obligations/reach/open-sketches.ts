import { isScript, parseScript } from '../../../instruments/source/parse-script.ts'
import type { Project } from '../../../instruments/source/project.ts'
import { pythonImports, scriptImports } from './resolve-import.ts'
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
  const [script, python] = [scriptImports(project), pythonImports(project)]
  const fileOf = (from: string) => (specifier: string) => script(from, specifier)
  const moduleOf = (from: string) => (module: string) => python(from, module)
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

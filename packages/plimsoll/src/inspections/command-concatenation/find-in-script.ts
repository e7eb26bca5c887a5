import ts from 'typescript'
import {
  bare,
  callsOf,
  importsOf,
  isTrue,
  literalOf,
  nameOf,
  nodesOf,
  propertyOf,
} from '../../instruments/source/script-nodes.ts'
import type { Script, Sighting } from '../define-reading.ts'
import { originOf } from '../request-data.ts'

const PACKAGES = /^(?:(?:node:)?child_process|shelljs|execa)$/
const SHELLS = /^(?:exec|execSync|execCommand|execaCommand|execaCommandSync|command|commandSync)$/
const SPAWNS = /^(?:spawn|spawnSync|execFile|execFileSync|execa|execaSync|default)$/

/** Local name → what it is in the package that starts processes; `promisify(exec)` is still `exec`. */
const startersOf = (source: ts.SourceFile): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const [local, { from, name }] of importsOf(source)) if (PACKAGES.test(from)) found.set(local, name)
  for (const node of nodesOf(source)) {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || node.initializer === undefined)
      continue
    const made = bare(node.initializer)
    if (!ts.isCallExpression(made) || !/promisify$/.test(nameOf(made.expression))) continue
    const [given] = made.arguments
    const starter = given === undefined ? null : startedBy(given, found)
    if (starter !== null) found.set(node.name.text, starter)
  }
  return found
}

/** `exec` for whatever name a file has for it. */
const startedBy = (callee: ts.Expression, starters: ReadonlyMap<string, string>): string | null => {
  const plain = bare(callee)
  if (ts.isIdentifier(plain)) return starters.get(plain.text) ?? null
  if (!ts.isPropertyAccessExpression(plain)) return null
  const object = bare(plain.expression)
  const isRequired =
    ts.isCallExpression(object) &&
    nameOf(object.expression) === 'require' &&
    PACKAGES.test(literalOf(object.arguments[0]) ?? '')
  return isRequired || (ts.isIdentifier(object) && starters.has(object.text)) ? plain.name.text : null
}

const SHELL = /^(?:\/bin\/)?(?:ba|z|da)?sh$|^cmd(?:\.exe)?$|^powershell/

/** The text that a shell gets to read, where the call starts one. */
const commandOf = (call: ts.CallExpression, starter: string): ts.Expression | null => {
  const [program, args] = call.arguments
  if (program === undefined) return null
  if (SHELLS.test(starter)) return program
  if (!SPAWNS.test(starter)) return null
  const list = args === undefined ? null : bare(args)
  const shell = call.arguments.some((one) => isTrue(propertyOf(one, 'shell')))
  if (shell) return originOf(program) === null && list !== null ? list : program
  return SHELL.test(literalOf(program) ?? '') && list !== null ? list : null
}

export function* findInScript({ source }: Script): Generator<Sighting<ts.Node>> {
  const starters = startersOf(source)
  for (const node of callsOf(source)) {
    if (!ts.isCallExpression(node)) continue
    const starter = startedBy(node.expression, starters)
    const command = starter === null ? null : commandOf(node, starter)
    const origin = command === null ? null : originOf(command)
    if (origin?.from === 'request') yield { kind: 'request', name: origin.text, node }
  }
}

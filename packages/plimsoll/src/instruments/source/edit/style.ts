import ts from 'typescript'
import { nodesOf } from '../script-nodes.ts'

/** How a file is written, so that what is added looks like the rest of it. */
export type Style = {
  /** one level */
  indent: string
  quote: "'" | '"'
  semicolons: boolean
  eol: '\n' | '\r\n'
  modules: 'import' | 'require'
  typescript: boolean
}

const indentOf = (text: string): string => {
  const counts = new Map<string, number>()
  let before = ''
  for (const line of text.split('\n')) {
    if (line.trim() === '' || /^\s*\*/.test(line)) continue
    const lead = /^[ \t]*/.exec(line)?.[0] ?? ''
    const step = lead.length > before.length ? lead.slice(before.length) : ''
    if (step !== '') counts.set(step, (counts.get(step) ?? 0) + 1)
    before = lead
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a)
  return most?.[0] ?? '  '
}

const ENDED: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.ExpressionStatement,
  ts.SyntaxKind.VariableStatement,
  ts.SyntaxKind.ReturnStatement,
  ts.SyntaxKind.ThrowStatement,
  ts.SyntaxKind.ImportDeclaration,
  ts.SyntaxKind.ImportEqualsDeclaration,
  ts.SyntaxKind.ExportDeclaration,
  ts.SyntaxKind.ExportAssignment,
  ts.SyntaxKind.PropertyDeclaration,
  ts.SyntaxKind.BreakStatement,
  ts.SyntaxKind.ContinueStatement,
  ts.SyntaxKind.DoStatement,
  ts.SyntaxKind.TypeAliasDeclaration,
])

/** Statements that end with a semicolon where the author writes them. */
export const isEnded = (node: ts.Node): boolean => ENDED.has(node.kind)

const isModule = (source: ts.SourceFile) =>
  source.statements.some(
    (one) =>
      (ts.isImportDeclaration(one) && !ts.isImportEqualsDeclaration(one)) ||
      ts.isExportDeclaration(one) ||
      ts.isExportAssignment(one) ||
      (ts.canHaveModifiers(one) &&
        ts.getModifiers(one)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true),
  )

const requires = (source: ts.SourceFile) =>
  /\brequire\(|\bmodule\.exports\b|^exports\./m.test(source.text) || source.fileName.endsWith('.cjs')

/** The ways that most of the file follows; ours where it shows none. */
export const styleOf = (source: ts.SourceFile): Style => {
  const votes = { single: 0, double: 0, ended: 0, open: 0 }
  for (const node of nodesOf(source)) {
    if (ts.isStringLiteral(node) && !ts.isJsxAttribute(node.parent)) {
      if (source.text[node.getStart(source)] === '"') votes.double += 1
      else votes.single += 1
    }
    if (isEnded(node)) {
      if (source.text[node.end - 1] === ';') votes.ended += 1
      else votes.open += 1
    }
  }
  return {
    indent: indentOf(source.text),
    quote: votes.double > votes.single ? '"' : "'",
    semicolons: votes.ended > votes.open,
    eol: source.text.includes('\r\n') ? '\r\n' : '\n',
    modules: !isModule(source) && requires(source) ? 'require' : 'import',
    typescript: /\.[cm]?tsx?$/.test(source.fileName),
  }
}

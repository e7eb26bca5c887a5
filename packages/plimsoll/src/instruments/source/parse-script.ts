import ts from 'typescript'

const KINDS: Readonly<Record<string, ts.ScriptKind>> = {
  ts: ts.ScriptKind.TS,
  mts: ts.ScriptKind.TS,
  cts: ts.ScriptKind.TS,
  tsx: ts.ScriptKind.TSX,
  js: ts.ScriptKind.JSX,
  mjs: ts.ScriptKind.JSX,
  cjs: ts.ScriptKind.JSX,
  jsx: ts.ScriptKind.JSX,
}

export const isScript = (file: string) => KINDS[file.slice(file.lastIndexOf('.') + 1)] !== undefined

/** A tree with parents and without types; the parser recovers from errors, which `problem` tells of. */
export const parseScript = (
  file: string,
  text: string,
): { source: ts.SourceFile; problem: string | null } => {
  const source = ts.createSourceFile(
    file,
    text,
    { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone },
    true,
    KINDS[file.slice(file.lastIndexOf('.') + 1)],
  )
  return { source, problem: firstProblem(source) }
}

const firstProblem = (source: ts.SourceFile): string | null => {
  const diagnostics: unknown = Reflect.get(source, 'parseDiagnostics')
  const first: unknown = Array.isArray(diagnostics) ? diagnostics[0] : undefined
  if (typeof first !== 'object' || first === null || !('messageText' in first)) return null
  const start = 'start' in first && typeof first.start === 'number' ? first.start : 0
  const line = source.getLineAndCharacterOfPosition(start).line + 1
  const said = first.messageText
  return `line ${line}: ${typeof said === 'string' ? said : 'cannot be parsed'}`
}

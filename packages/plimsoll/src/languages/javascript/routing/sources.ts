import ts from 'typescript'

export type Part = 'body' | 'query' | 'params' | 'headers'
/** `body.user` is what stands at `user` in the body; `body.items.0` is an item of the list there. */
export type Source = Part | 'request' | 'context' | `body.${string}`

const MEMBERS: Readonly<Record<'request' | 'context', Readonly<Record<string, Source>>>> = {
  request: { body: 'body', query: 'query', params: 'params', headers: 'headers' },
  context: {
    request: 'request',
    req: 'request',
    query: 'query',
    params: 'params',
    headers: 'headers',
    header: 'headers',
  },
}

const DEEPEST = 4

/** What stands under a name of the request, or of a part of it. */
export const memberOf = (source: Source, key: string): Source | null => {
  if (source.startsWith('body'))
    return source.split('.').length > DEEPEST ? null : `body.${pathIn(source, key)}`
  if (source !== 'request' && source !== 'context') return null
  return Object.hasOwn(MEMBERS[source], key) ? (MEMBERS[source][key] ?? null) : null
}

/** `user.email` for the key `email` of `body.user`. */
export const pathIn = (source: Source, key: string) => [...source.split('.').slice(1), key].join('.')

const DEFAULTING = new Set([ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken])

/** Names of a function that stand for the request, or for parts of it. */
export type Sources = {
  of(expression: ts.Expression): Source | null
  bind(name: ts.BindingName, source: Source): void
}

export type SourcesOptions = {
  /** told of every key that a pattern takes from a source */
  taken?(source: Source, key: string): void
  /** the text of a computed key: `req[part]` */
  textOf?(key: ts.Expression): string | null
}

export const createSources = ({ taken, textOf }: SourcesOptions = {}): Sources => {
  const names = new Map<string, Source>()

  const of = (expression: ts.Expression): Source | null => {
    if (ts.isIdentifier(expression)) return names.get(expression.text) ?? null
    if (ts.isPropertyAccessExpression(expression)) {
      const owner = of(expression.expression)
      return owner === null ? null : memberOf(owner, expression.name.text)
    }
    if (ts.isElementAccessExpression(expression) && textOf !== undefined) {
      const owner = of(expression.expression)
      const key = owner === null ? null : textOf(expression.argumentExpression)
      return owner === null || key === null ? null : memberOf(owner, key)
    }
    const passing =
      ts.isParenthesizedExpression(expression) ||
      ts.isAsExpression(expression) ||
      ts.isNonNullExpression(expression) ||
      ts.isAwaitExpression(expression)
    if (passing) return of(expression.expression)
    const defaulted = ts.isBinaryExpression(expression) && DEFAULTING.has(expression.operatorToken.kind)
    return defaulted ? of(expression.left) : null
  }

  const bind = (name: ts.BindingName, source: Source) => {
    if (ts.isIdentifier(name)) {
      names.set(name.text, source)
      return
    }
    if (!ts.isObjectBindingPattern(name)) return
    for (const element of name.elements) {
      if (element.dotDotDotToken !== undefined) continue
      const key = (element.propertyName ?? element.name).getText().replace(/^['"]|['"]$/g, '')
      taken?.(source, key)
      const next = memberOf(source, key)
      if (next !== null) bind(element.name, next)
    }
  }

  return { of, bind }
}

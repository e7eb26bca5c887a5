import { posix } from 'node:path'
import type { Code } from '../../languages/python/code/code.ts'
import { argument, lineOf } from '../../languages/python/code/syntax.ts'
import type { Holder } from './holders.ts'
import type { Rule } from './rules.ts'

/** The static folder that an app or blueprint names; the default one is Flask's own and not listed. */
export const staticRules = (code: Code, holders: readonly Holder[]): Rule[] =>
  holders.flatMap((holder): Rule[] => {
    if (holder.kind !== 'app' && holder.kind !== 'blueprint') return []
    const { node, scope } = holder.value
    const read = (name: string) => code.evaluate.one(argument(node, name), scope)
    const url = read('static_url_path')
    const folder = read('static_folder')
    const named =
      url.kind === 'text' ? url.text : folder.kind === 'text' ? `/${posix.basename(folder.text)}` : null
    if (named === null || folder.kind === 'none' || (holder.kind === 'blueprint' && folder.kind !== 'text'))
      return []
    const path = `${named.replace(/\/$/, '')}/<path:filename>`
    const place = { file: scope.file, line: lineOf(node) }
    return [{ holder, path, methods: ['GET'], view: null, place, decorators: [] }]
  })

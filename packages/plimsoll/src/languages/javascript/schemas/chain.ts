import type { External, Value } from '../code/code.ts'

/** One call of a chain, with the names before it; `args` are null where the chain ends without a call. */
export type Link = { readonly names: readonly string[]; readonly args: readonly Value[] | null }

/** `z.object({…}).partial()` → object with its argument, partial without any. */
export const linksOf = (value: External): Link[] => {
  const given: (readonly Value[])[] = []
  for (let at: External | undefined = value; at?.path.includes('()'); at = at.callee) given.unshift(at.args)
  const links: Link[] = []
  let names: string[] = []
  for (const part of value.path) {
    if (part !== '()') names.push(part)
    else {
      links.push({ names, args: given[links.length] ?? [] })
      names = []
    }
  }
  return names.length > 0 ? [...links, { names, args: null }] : links
}

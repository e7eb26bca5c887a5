/** The first of these names that a file does not use yet. */
export const freeName = ({ text }: { text: string }, ...names: readonly [string, ...string[]]): string =>
  names.find((name) => !new RegExp(`\\b${name}\\b`).test(text)) ?? `${names[0]}Here`

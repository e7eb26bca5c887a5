/**
 * What was thrown, in that many lines at most: its sentence, and the last of what a program printed below it.
 * @param most lines, 1 or more
 */
export const shortMessage = (thrown: unknown, most: number): string => {
  const [first = '', ...rest] = (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')
  return [first, ...(most > 1 ? rest.slice(1 - most) : [])].join('\n')
}

import { METHODS_SUBJECT } from './try-methods.ts'

/** What is looked at again. */
export type Focus = { has(operation: string): boolean; methods: boolean }

/** Subjects start with their operation; one that does not needs everything. */
export const focusOf = (subjects: readonly string[] | undefined, labels: readonly string[]): Focus => {
  if (subjects === undefined) return { has: () => true, methods: true }
  const named = new Set<string>()
  for (const subject of subjects) {
    if (subject === METHODS_SUBJECT) continue
    const label = labels
      .filter((one) => subject.startsWith(`${one}: `))
      .sort((a, b) => b.length - a.length)[0]
    if (label === undefined) return { has: () => true, methods: true }
    named.add(label)
  }
  return { has: (operation) => named.has(operation), methods: subjects.includes(METHODS_SUBJECT) }
}

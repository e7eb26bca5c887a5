import type { BodySeen } from './seen.ts'

export const SLOW_PATTERNS = 'slow patterns'

export const inputSubject = (operation: string, input: string): string =>
  `${operation}, ${input}: slow pattern`

const WAYS: Record<BodySeen['way'], string> = {
  compressed: 'compressed request bodies',
  large: 'large request bodies',
}
export const waySubject = (way: BodySeen['way']): string => WAYS[way]

export const uploadSubject = (operation: string): string => `${operation}: files that run as pages`

/** What a repeat of these subjects has to do again: everything the first time. */
export type Wants = {
  patterns: boolean
  input(operation: string, input: string): boolean
  way(way: BodySeen['way']): boolean
  uploads: boolean
  upload(operation: string): boolean
}

export const wantsOf = (focus: readonly string[] | undefined): Wants => {
  if (focus === undefined)
    return { patterns: true, uploads: true, input: () => true, way: () => true, upload: () => true }
  return {
    patterns: focus.some((subject) => subject.endsWith(': slow pattern')),
    input: (operation, input) => focus.includes(inputSubject(operation, input)),
    way: (way) => focus.includes(waySubject(way)),
    uploads: focus.some((subject) => subject.endsWith(': files that run as pages')),
    upload: (operation) => focus.includes(uploadSubject(operation)),
  }
}

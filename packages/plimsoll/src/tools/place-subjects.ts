import type { Files } from '../instruments/workspace/files.ts'
import type { Subject } from './define.ts'

/**
 * What a call is about, with the places that its paths really lead to beside them: a symbolic link to a file is judged
 * as that file too. What lies outside stays as it is written; the tool refuses it.
 */
export const placeSubjects = async (
  subjects: readonly Subject[],
  files: Pick<Files, 'place'>,
): Promise<Subject[]> => {
  const placed = await Promise.all(
    subjects.map(async (subject): Promise<Subject[]> => {
      if (subject.kind !== 'path') return [subject]
      const text = await files.place(subject.text).catch(() => subject.text)
      return text === subject.text ? [subject] : [subject, { kind: 'path', text }]
    }),
  )
  return placed.flat()
}

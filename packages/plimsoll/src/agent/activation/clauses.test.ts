import { expect, test } from 'vitest'
import { readSentence } from './clauses.ts'
import { VERB_FORMS } from './heads.ts'

const sharesOf = (task: string) =>
  readSentence(task, VERB_FORMS, [], (word) => word === 'GitHub').clauses.map(({ words, share }) => [
    words.join(' '),
    Math.round(share * 100) / 100,
  ])

test('what is to be left alone counts least, and what has to be counts in full', () => {
  expect(
    sharesOf("The button fires twice. Don't touch the styles; the order endpoint has to cope with it"),
  ).toEqual([
    ['the button fires twice', 0.85],
    ['don t touch the styles', 0.15],
    ['the order endpoint has to cope with it', 1],
  ])
})

test('what is set aside counts less than what is asked for', () => {
  expect(sharesOf('add a margin instead of a border')).toEqual([
    ['add a margin', 1],
    ['instead of a border', 0.4],
  ])
})

test('names in humps are split, unless they are known', () => {
  const [first] = sharesOf('show the ProjectCard on GitHub')
  expect(first).toEqual(['show the project card on github', 1])
})

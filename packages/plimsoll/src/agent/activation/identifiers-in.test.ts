import { expect, test } from 'vitest'
import { filesCalled, isHook } from './identifiers-in.ts'

const FILES = ['cards/ProjectCard.tsx', 'cards/ProjectCard.test.tsx', 'cards/Other.tsx', 'project-card.css']

test('an identifier stands for the file that is called after it', () => {
  expect(filesCalled('ProjectCard is cut off', FILES)).toEqual(['cards/ProjectCard.tsx'])
  expect(filesCalled('the project card is cut off', FILES)).toEqual([])
})

test('a hook is known by its name', () => {
  expect(isHook('useCart')).toBe(true)
  expect(isHook('userCart')).toBe(false)
})

import { expect, test } from 'vitest'
import { toolNamed } from './tool-names.ts'

test.each([
  ['Read', ['read'], 'ours'],
  ['View', ['read'], 'ours'],
  ['run_shell_command', ['bash'], 'ours'],
  ['execute_bash', ['bash'], 'ours'],
  ['search_file_content', ['grep'], 'ours'],
  ['list_directory', ['glob'], 'ours'],
  ['MultiEdit', ['edit', 'patch'], 'ours'],
  ['apply_patch', ['patch'], 'ours'],
  ['edit/editFiles', ['edit', 'patch'], 'ours'],
  ['TodoWrite', ['todo'], 'ours'],
  ['Task', ['delegate'], 'ours'],
  ['AskUserQuestion', ['ask'], 'ours'],
  ['*', ['*'], 'ours'],
  ['mcp__magic__build', ['mcp:magic:build'], 'server'],
  ['mcp__context7', ['mcp:context7:*'], 'server'],
  ['mcp_context7_*', ['mcp:context7:*'], 'server'],
  ['github/*', ['mcp:github:*'], 'server'],
  ['@git/status', ['mcp:git:status'], 'server'],
  ['mymcp_*', ['mcp:mymcp:*'], 'server'],
  ['mcp_*', ['mcp:*'], 'server'],
  ['WebFetch', ['WebFetch'], 'elsewhere'],
  ['Raed', ['Raed'], 'unknown'],
])('%s', (word, ids, kind) => {
  expect(toolNamed(word)).toEqual({ ids, kind })
})

test('a dialect may mean something else by a word', () => {
  expect(toolNamed('Search', { search: ['grep', 'glob'] }).ids).toEqual(['grep', 'glob'])
})

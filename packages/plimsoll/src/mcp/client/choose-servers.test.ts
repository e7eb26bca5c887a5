import { expect, test } from 'vitest'
import type { McpPreference } from '../../model/agent.ts'
import { chooseServers } from './choose-servers.ts'

const preference = (server: string, rank: McpPreference['rank'], reason = ''): McpPreference => ({
  ...{ server, rank, reason, purpose: '', useCases: [], workflow: [], alternative: '', line: 1 },
})
const PREFERENCES = [
  preference('Sequential Thinking', 'secondary'),
  preference('Context7', 'primary'),
  preference('Magic', 'avoided', 'Focuses on UI generation'),
]
const ranks = (servers: Parameters<typeof chooseServers>[0], preferences = PREFERENCES) =>
  chooseServers(servers, preferences).map(({ name, rank }) => `${name} ${rank}`)
const npx = (...args: string[]) => ({ command: 'npx', args })

test('preferred servers come first, whatever order the configuration has', () => {
  const servers = {
    magic: npx('-y', 'magic'),
    ours: npx('ours'),
    sequential: npx('think'),
    docs: npx('-y', '@upstash/context7-mcp@latest'),
  }
  expect(ranks(servers)).toEqual(['docs primary', 'sequential secondary', 'ours other', 'magic avoided'])
})

test('what is avoided is found behind other names, and so are its like', () => {
  const servers = {
    buttons: npx('-y', '@21st-dev/magic'),
    pages: { url: 'https://mcp.v0.dev/mcp' },
    magicMaker: npx('x'),
    imagick: npx('imagick'),
  }
  expect(ranks(servers)).toEqual(['imagick other', 'buttons avoided', 'pages avoided', 'magicMaker avoided'])
  expect(ranks(servers, [])).toEqual(['buttons other', 'pages other', 'magicMaker other', 'imagick other'])
})

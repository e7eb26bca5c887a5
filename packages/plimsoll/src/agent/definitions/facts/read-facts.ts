import type { AgentFacts } from '../../../model/agent.ts'
import { readCollaboration } from './collaboration.ts'
import { readMcpPreferences } from './mcp-preferences.ts'
import { outline } from './outline.ts'
import { readPriorities } from './priorities.ts'
import { readThresholds } from './thresholds.ts'
import { readTriggers } from './triggers.ts'

/**
 * What the sections of a body say, as data: by headings and the shapes of lists, the same for the same text.
 * @param firstLine number of the body's first line in its file
 */
export const readFacts = (body: string, firstLine = 1): AgentFacts => {
  const sections = outline(body, firstLine)
  return {
    priorities: readPriorities(sections),
    thresholds: readThresholds(sections),
    mcp: readMcpPreferences(sections),
    triggers: readTriggers(sections),
    collaboration: readCollaboration(sections),
  }
}

import { relative } from 'node:path'
import type { AgentParts } from '../agent/assemble/parts.ts'
import { openModel } from '../agent/model/open-model.ts'
import { redactOutput } from '../agent/policy/redact-output.ts'
import { runSession } from '../agent/session/run-session.ts'
import { openDoor } from '../engine/door/open-door.ts'
import { saveRun } from '../engine/save/save-run.ts'
import { fixers } from '../fixers/catalogue.generated.ts'
import { readAsset } from '../instruments/assets/read-asset.ts'
import { openShell } from '../instruments/sandbox/open-shell.ts'
import { openMcpTools } from '../mcp/client/open-mcp-tools.ts'
import { reporters } from '../reporters/catalogue.generated.ts'
import { tools } from '../tools/catalogue.generated.ts'
import { searchPatterns } from '../tools/search-patterns.ts'
import { families } from './families.ts'

/** Every part of a session as the product has it, for whichever surface it is shown on. */
export const agentParts: AgentParts = {
  families,
  tools,
  runSession,
  openModel,
  openDoor: ({ root, config, configFile }) =>
    openDoor({
      root,
      families,
      fixers,
      config: { config, file: configFile },
      sandbox: true,
      save: (run, dir) => saveRun(run, dir, { reporters, readAsset, runDir: relative(root, dir) || '.' }),
    }),
  openShell: async ({ root, config }, door, { signal, approve }) =>
    openShell({
      root,
      lent: await door.environment({ signal }),
      network: config.agent?.network ?? [],
      ...(approve !== undefined && { approve }),
    }),
  openServers: ({ root, config }, { facts }, { signal, secrets }) =>
    openMcpTools(config.agent?.mcp, facts, {
      root,
      signal,
      redact: (text) => redactOutput(text, secrets()),
      searchPatterns,
    }),
}
